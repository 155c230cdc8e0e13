package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.transport.HttpCall.Field;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.Size;

/** What must hold for any query and any cookie. */
class TransportPropertiesTest {
    private static final String PATH = "/cgi-bin/mmwebwx-bin/webwxinit";

    /** Whatever has a meaning in a query, and much that has none. */
    @Provide
    Arbitrary<Field> fields() {
        StringArbitrary text = Arbitraries.strings()
                .withChars("&=+%?#/;:@ |^\"'<>\\~.-_aZ09")
                .withChars('汉', 'é', '\u2005')
                .ofMaxLength(12);
        Arbitrary<String> emoji = Arbitraries.of("", "😀", "%41", "%zz", "%");
        return Combinators.combine(text.ofMinLength(1), text, emoji)
                .as((name, value, end) -> new Field(name, value + end));
    }

    @Property
    void aQueryIsReadAsItWasMeant(@ForAll("fields") Field first, @ForAll("fields") Field second) {
        List<Field> query = List.of(first, second);
        String target = PercentEncoding.target(RedirectUri.PATH, query);
        assertThat(target).matches("[\\x21-\\x7e]+");
        assertThat(RedirectUri.parse("https://wx.qq.com" + target).query()).isEqualTo(query);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("abcdefgXYZ_-.!#$&'*+^`|~09")
                .ofMinLength(1)
                .ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("abcXYZ019=+/%@_-.!:()[]{}<>?~|&")
                .ofMaxLength(20);
    }

    @Property
    void whatIsSetIsSentAndSurvivesARestart(
            @ForAll @Size(min = 1, max = 6) List<@From("names") String> names, @ForAll("values") String value) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            set.add(names.get(i) + "=" + value + i + "; Domain=.qq.com; Path=/; Secure");
        }
        var jar = Rfc6265CookieJar.empty();
        jar.store("wx.qq.com", PATH, set, null);

        for (int i = 0; i < names.size(); i++) {
            int last = names.lastIndexOf(names.get(i));
            assertThat(jar.value(names.get(i))).isEqualTo(value + last);
            assertThat(("; " + jar.header("webpush.wx.qq.com", PATH) + ";"))
                    .contains("; " + names.get(i) + "=" + value + last + ";");
        }
        assertThat(jar.header("web.wechat.com", PATH)).isEmpty();

        var restored = Rfc6265CookieJar.empty();
        restored.restore(jar.snapshot());
        assertThat(restored.header("wx.qq.com", PATH)).isEqualTo(jar.header("wx.qq.com", PATH));
        assertThat(restored.snapshot()).isEqualTo(jar.snapshot());
    }

    /** A header from outside never breaks the jar, and never puts anything into a request that no header may hold. */
    @Property
    void noHeaderOfTheServersBreaksOurs(@ForAll @Size(max = 4) List<String> set, @ForAll String date) {
        var jar = Rfc6265CookieJar.empty();
        jar.store("wx.qq.com", PATH, set, date);
        assertThat(jar.header("wx.qq.com", PATH)).matches("[\\x20-\\x7e]*");
    }
}
