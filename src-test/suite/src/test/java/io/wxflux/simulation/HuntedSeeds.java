package io.wxflux.simulation;

import io.wxflux.simulation.Simulation.Outcome;

/** A process that simulates until an invariant is broken. Arguments: size, seeds, invariant. */
final class HuntedSeeds {
    static final String FOUND = "found by seed ";

    private HuntedSeeds() {}

    public static void main(String[] arguments) {
        Simulation.Size size = Seeds.size(arguments[0]);
        long seeds = Long.parseLong(arguments[1]);
        var invariant = Invariant.valueOf(arguments[2]);
        for (long seed = 1; seed <= seeds; seed++) {
            Outcome outcome = new Simulation(seed, size, null).run();
            for (Trace.Offence offence : outcome.offences()) {
                if (offence.invariant() == invariant) {
                    System.out.println(FOUND + seed + ": " + offence);
                    return;
                }
            }
        }
        System.out.println("not found by " + seeds + " seeds");
    }
}
