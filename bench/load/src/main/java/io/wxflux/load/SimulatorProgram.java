package io.wxflux.load;

import io.wxflux.simulator.SimulatorMain;
import java.io.IOException;

/** The simulator in a process that ends when its standard input does, so that no process is left over. */
public final class SimulatorProgram {
    private SimulatorProgram() {}

    /**
     * Runs until standard input ends.
     *
     * @param args as those of {@link SimulatorMain}
     * @throws IOException when the certificate cannot be written
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Thread guard = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever said
                        }
                    } catch (IOException gone) {
                        // as good as the end
                    }
                    System.exit(0);
                },
                "load-guard");
        guard.setDaemon(true);
        guard.start();
        SimulatorMain.main(args);
    }
}
