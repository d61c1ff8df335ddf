package dev.plumbline.deploy.bench;

import java.io.IOException;

/** The agent's probes, in a Java with the agent's own flags. */
final class OwnProbes implements Contender {
    private final ChildProcess loop;
    private final String kind;
    private final int port;

    OwnProbes(ChildProcess loop, String kind, int port) {
        this.loop = loop;
        this.kind = kind;
        this.port = port;
    }

    @Override
    public Effort run(int probes) throws IOException {
        long cpu = CpuTime.nanosOf(loop.pid());
        long start = System.nanoTime();
        String[] told = loop.ask(kind + " " + port + " " + probes).split(" ", -1);
        long wall = System.nanoTime() - start;
        if (!told[1].equals("0")) {
            throw new IOException(told[1] + " of " + probes + " probes of kind " + kind + " failed");
        }
        return new Effort(Long.parseLong(told[0]), wall, CpuTime.nanosOf(loop.pid()) - cpu);
    }
}
