package io.wxflux.simulator;

/**
 * Which calls go wrong, and how. Every {@code with…} gives a changed copy.
 *
 * @param host an exact host, a suffix such as {@code .qq.com}, a prefix such as {@code webpush.*}, or {@code *}
 * @param call the last part of the path, such as {@code synccheck}; empty for every call
 * @param account the account's name; empty for every account
 * @param times how many calls are hit before the rule is spent; {@link Integer#MAX_VALUE} for ever
 * @param probability of a hit, from 0 to 1, drawn from the simulator's seed
 * @param fault what happens
 */
public record FaultRule(String host, String call, String account, int times, double probability, Fault fault) {

    /**
     * {@return a rule that hits every call on a host, for ever}
     *
     * @param host see {@link #host()}
     * @param fault what happens
     */
    public static FaultRule on(String host, Fault fault) {
        return new FaultRule(host, "", "", Integer.MAX_VALUE, 1, fault);
    }

    /**
     * {@return a copy for one endpoint only}
     *
     * @param name such as {@code webwxsync}
     */
    public FaultRule withCall(String name) {
        return new FaultRule(host, name, account, times, probability, fault);
    }

    /**
     * {@return a copy for one account only}
     *
     * @param name the account's name
     */
    public FaultRule withAccount(String name) {
        return new FaultRule(host, call, name, times, probability, fault);
    }

    /**
     * {@return a copy that is spent after some hits}
     *
     * @param count how many
     */
    public FaultRule withTimes(int count) {
        return new FaultRule(host, call, account, count, probability, fault);
    }

    /**
     * {@return a copy that hits only sometimes}
     *
     * @param chance from 0 to 1
     */
    public FaultRule withProbability(double chance) {
        return new FaultRule(host, call, account, times, chance, fault);
    }

    boolean matchesHost(String name) {
        if (host.equals("*")) {
            return true;
        }
        if (host.startsWith(".")) {
            return name.endsWith(host);
        }
        return host.endsWith("*") ? name.startsWith(host.substring(0, host.length() - 1)) : name.equals(host);
    }

    boolean matches(String onHost, String ofCall, String ofAccount) {
        return matchesHost(onHost)
                && (call.isEmpty() || call.equals(ofCall))
                && (account.isEmpty() || account.equals(ofAccount));
    }
}
