package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieDateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 31-Dec-2018 11:12:21 GMT",
                "Mon, 31 Dec 2018 11:12:21 GMT",
                "Monday, 31-Dec-18 11:12:21 GMT",
                "Mon Dec 31 11:12:21 2018",
                "mon, 31-dec-2018 11:12:21 gmt",
                "31 DEC 2018 11:12:21",
                "2018 Dec 31 11:12:21 UTC",
                "Mon,31-December-2018 11:12:21",
                "Mon, 31-Dec-2018 11:12:21 +0800",
                "  Mon,\t31-Dec-2018   11:12:21 GMT  "
            })
    void readsEveryUsualForm(String text) {
        assertThat(CookieDate.parse(text)).isEqualTo(Instant.parse("2018-12-31T11:12:21Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "tomorrow",
                "Mon, 31-Dec-2018",
                "11:12:21 GMT",
                "Mon, 31-Foo-2018 11:12:21 GMT",
                "Mon, 32-Dec-2018 11:12:21 GMT",
                "Mon, 30-Feb-2018 11:12:21 GMT",
                "Mon, 31-Dec-2018 24:12:21 GMT",
                "Mon, 31-Dec-2018 11:60:21 GMT",
                "Mon, 31-Dec-2018 11:12 GMT",
                "Mon, 31-Dec-1600 11:12:21 GMT",
                "Mon, 31-Dec-99999 11:12:21 GMT"
            })
    void takesNothingElseForADate(String text) {
        assertThat(CookieDate.parse(text)).isNull();
        assertThat(CookieDate.parse(text + " ".repeat(1_000))).isNull();
    }
}
