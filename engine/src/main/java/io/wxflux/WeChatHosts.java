package io.wxflux;

import io.wxflux.internal.transport.HostFamily;
import java.util.List;

/** The hosts that wxflux connects to, for programs that check whether it could. There are no others. */
public final class WeChatHosts {
    private WeChatHosts() {}

    /**
     * Hosts that one session needs together.
     *
     * @param name the host a login leads to, such as {@code wx2.qq.com}
     * @param hosts all of the family, that one first
     */
    public record Family(String name, List<String> hosts) {
        public Family {
            hosts = List.copyOf(hosts);
        }
    }

    /** Where every login begins, before the service says which family the account belongs to. */
    public static String firstLogin() {
        return HostFamily.FIRST_LOGIN;
    }

    /** All families, in the order in which their hosts are tried. */
    public static List<Family> families() {
        return HostFamily.all().stream()
                .map(family ->
                        new Family(family.api(), List.of(family.api(), family.push(), family.login(), family.file())))
                .toList();
    }
}
