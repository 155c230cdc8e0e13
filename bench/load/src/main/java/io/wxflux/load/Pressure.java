package io.wxflux.load;

import java.time.Duration;

/** What the simulator has for every account while a client is measured. */
abstract sealed class Pressure {
    final LoadPlan plan;
    final ServiceProcess service;

    private Pressure(LoadPlan plan, ServiceProcess service) {
        this.plan = plan;
        this.service = service;
    }

    static Pressure of(LoadPlan plan, ServiceProcess service) {
        return switch (plan.mode()) {
            case LOAD, RESTART -> new Rate(plan, service);
            case BACKLOG -> new Waiting(plan, service, true);
            case ROUND_TRIPS ->
                plan.hold().isZero() ? new Waiting(plan, service, false) : new Held(plan, service, plan.hold());
        };
    }

    /** False when accounts are only to be idle. */
    boolean isAny() {
        return true;
    }

    abstract void begin();

    abstract void end();

    /** Messages the service had for the client so far. */
    abstract long queued();

    /** Messages fall due on a grid. */
    private static final class Rate extends Pressure {
        Rate(LoadPlan plan, ServiceProcess service) {
            super(plan, service);
        }

        @Override
        boolean isAny() {
            return plan.rate() > 0;
        }

        @Override
        void begin() {
            service.load(plan.rate(), plan.batch().most(), plan.kinds());
        }

        @Override
        void end() {
            service.stopLoad();
        }

        @Override
        long queued() {
            return isAny() ? service.queued() : 0;
        }
    }

    /** Another page is always there. */
    private static final class Waiting extends Pressure {
        private final boolean goesOn;

        Waiting(LoadPlan plan, ServiceProcess service, boolean goesOn) {
            super(plan, service);
            this.goesOn = goesOn;
        }

        @Override
        void begin() {
            service.backlog(plan.batch(), plan.kinds(), goesOn);
        }

        @Override
        void end() {
            service.stopBacklog();
        }

        @Override
        long queued() {
            return service.backlogServed();
        }
    }

    /** Nothing ever comes, and polls end soon. */
    private static final class Held extends Pressure {
        private final Duration hold;

        Held(LoadPlan plan, ServiceProcess service, Duration hold) {
            super(plan, service);
            this.hold = hold;
        }

        @Override
        void begin() {
            service.hold(hold);
        }

        @Override
        void end() {
            // There is nothing under way.
        }

        @Override
        long queued() {
            return 0;
        }
    }
}
