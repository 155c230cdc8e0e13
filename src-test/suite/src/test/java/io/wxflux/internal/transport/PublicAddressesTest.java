package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name server that lies leads nobody into the own network. */
class PublicAddressesTest {
    private static final InetSocketAddress NAME = InetSocketAddress.createUnresolved("wx.qq.com", 443);

    private static PublicAddresses answering(String... addresses) {
        return new PublicAddresses(new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
                    @Override
                    protected boolean doIsResolved(InetSocketAddress address) {
                        return !address.isUnresolved();
                    }

                    @Override
                    protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> promise) {
                        promise.setFailure(new AssertionError("all are asked for"));
                    }

                    @Override
                    protected void doResolveAll(InetSocketAddress name, Promise<List<InetSocketAddress>> promise) {
                        if (addresses.length == 0) {
                            promise.setFailure(new UnknownHostException("no such name"));
                        } else {
                            promise.setSuccess(Stream.of(addresses)
                                    .map(text -> at(text, name.getPort()))
                                    .toList());
                        }
                    }
                };
            }
        });
    }

    private static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Future<InetSocketAddress> one(String... addresses) {
        return answering(addresses).getResolver(ImmediateEventExecutor.INSTANCE).resolve(NAME);
    }

    private static Future<List<InetSocketAddress>> all(String... addresses) {
        return answering(addresses).getResolver(ImmediateEventExecutor.INSTANCE).resolveAll(NAME);
    }

    @Test
    void onlyPublicAnswersAreUsed() {
        assertThat(one("203.205.151.1").getNow()).isEqualTo(at("203.205.151.1", 443));
        assertThat(one("127.0.0.1", "10.0.0.1", "203.205.151.1").getNow()).isEqualTo(at("203.205.151.1", 443));
        assertThat(all("192.168.1.1", "203.205.151.1", "::1", "203.205.151.2").getNow())
                .containsExactly(at("203.205.151.1", 443), at("203.205.151.2", 443));
    }

    @Test
    void aNameThatLeadsInsideIsRefused() {
        for (String address : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "169.254.169.254",
                "0.0.0.0",
                "::1",
                "fc00::1",
                "fe80::1",
                "::ffff:10.0.0.1")) {
            assertThat(one(address).cause()).as(address).isInstanceOf(RefusedAddressException.class);
            assertThat(all(address, "192.168.0.1").cause()).as(address).isInstanceOf(RefusedAddressException.class);
        }
    }

    /** An address in the place of a name is no way around. */
    @Test
    void anAddressIsCheckedLikeAName() {
        var resolver = answering("127.0.0.1").getResolver(ImmediateEventExecutor.INSTANCE);
        assertThat(resolver.isResolved(at("127.0.0.1", 443))).isFalse();
        assertThat(resolver.resolve(at("127.0.0.1", 443)).cause()).isInstanceOf(RefusedAddressException.class);
    }

    @Test
    void aNameThatIsNotFoundSaysSo() {
        assertThat(one().cause()).isInstanceOf(UnknownHostException.class);
        assertThat(Failures.words(all().cause())).isEqualTo("the name was not found");
        assertThat(Failures.words(one("127.0.0.1").cause())).contains("not public");
    }
}
