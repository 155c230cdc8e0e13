package io.wxflux.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs a simulator from the command line: {@code --port N --control-port N --accounts N --rate N --ca FILE --by-hand
 * --scan-after MILLIS}.
 * Phones scan and confirm by themselves unless {@code --by-hand} is given.
 */
public final class SimulatorMain {

    private static final String USAGE =
            "options: --port N  --control-port N  --accounts N  --rate MESSAGES_PER_SECOND_AND_ACCOUNT  --ca FILE  --by-hand"
                    + "  --scan-after MILLIS";

    private int port = 9443;
    private int controlPort = 9444;
    private int accounts = 3;
    private double rate;
    private Path ca = Path.of("wxsim-ca.pem");
    private boolean byHand;
    private int scanAfter = 500;

    private SimulatorMain() {}

    /**
     * Starts and runs until the process is stopped.
     *
     * @param args see the class
     * @throws IOException when the certificate cannot be written
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        SimulatorMain main = new SimulatorMain();
        if (!main.read(args)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        main.run(System.out);
    }

    private boolean read(String[] args) {
        try {
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--port" -> port = Integer.parseInt(args[++i]);
                    case "--control-port" -> controlPort = Integer.parseInt(args[++i]);
                    case "--accounts" -> accounts = Integer.parseInt(args[++i]);
                    case "--rate" -> rate = Double.parseDouble(args[++i]);
                    case "--ca" -> ca = Path.of(args[++i]);
                    case "--by-hand" -> byHand = true;
                    case "--scan-after" -> scanAfter = Integer.parseInt(args[++i]);
                    default -> {
                        return false;
                    }
                }
            }
            return true;
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException wrong) {
            return false;
        }
    }

    private void run(PrintStream out) throws IOException, InterruptedException {
        SimulatorBuilder builder = Simulator.builder()
                .port(port)
                .controlPort(controlPort)
                .authority(ca.resolveSibling(ca.getFileName() + ".key"))
                .keepAcknowledged(1_000);
        if (!byHand) {
            builder.autoScan(Duration.ofMillis(scanAfter), Duration.ofMillis(scanAfter));
        }
        try (Simulator simulator = builder.start()) {
            simulator.addAccounts(accounts);
            simulator.writeCaPem(ca);
            if (rate > 0) {
                simulator.startLoad(rate);
            }
            out.println("all hosts at 127.0.0.1:" + simulator.port() + ", trust " + ca.toAbsolutePath());
            out.println("control API at http://127.0.0.1:" + simulator.controlPort() + "/accounts");
            Thread.currentThread().join();
        }
    }
}
