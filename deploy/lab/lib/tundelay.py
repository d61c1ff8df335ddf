#!/usr/bin/env python3
"""tundelay.py DEVICE MILLISECONDS: every packet routed into the tun device comes back out that much later.

The router's TTL decrement for the detour is undone, so hop counts stay what they are without it.
"""
import fcntl
import heapq
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000


def open_device(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def undo_hop(packet):
    version = packet[0] >> 4
    if version == 4:
        packet[8] += 1
        # RFC 1624: the TTL is the high byte of its checksum word.
        checksum = (packet[10] << 8 | packet[11]) - 0x100
        if checksum < 0:
            checksum += 0xFFFF
        packet[10], packet[11] = checksum >> 8, checksum & 255
    elif version == 6:
        packet[7] += 1


def main(name, milliseconds):
    device = open_device(name)
    held, count = [], 0
    while True:
        wait = max(0, held[0][0] - time.monotonic()) if held else None
        if select.select([device], [], [], wait)[0]:
            try:
                while True:
                    packet = bytearray(os.read(device, 65535))
                    undo_hop(packet)
                    count += 1
                    heapq.heappush(held, (time.monotonic() + milliseconds / 1000, count, bytes(packet)))
            except BlockingIOError:
                pass
        now = time.monotonic()
        while held and held[0][0] <= now:
            try:
                os.write(device, heapq.heappop(held)[2])
            except OSError:
                pass  # the device went down: the packet is lost, as on a wire


main(sys.argv[1], float(sys.argv[2]))
