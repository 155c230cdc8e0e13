package io.wxflux;

import io.wxflux.internal.transport.CookieJar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A jar that a test fills by hand. */
public final class MemoryCookies implements CookieJar {
    private List<Cookie> cookies = List.of();
    private long version;

    public void put(String name, String value) {
        restore(List.of(new Cookie(name, value, "qq.com", false, "/", true, null)));
    }

    @Override
    public @Nullable String value(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.name().equals(name))
                .map(Cookie::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Cookie> snapshot() {
        return cookies;
    }

    @Override
    public void restore(List<Cookie> next) {
        cookies = List.copyOf(next);
        version++;
    }

    @Override
    public long version() {
        return version;
    }
}
