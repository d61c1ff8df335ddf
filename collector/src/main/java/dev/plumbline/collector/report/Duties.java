package dev.plumbline.collector.report;

/** Whom a requirement is about. */
final class Duties {
    private Duties() {}

    static boolean isOfDevices(String requirement) {
        return requirement.startsWith("apns-device-") || requirement.equals("apns-persistent");
    }

    static boolean isOfServers(String requirement) {
        return requirement.startsWith("apns-provider-");
    }
}
