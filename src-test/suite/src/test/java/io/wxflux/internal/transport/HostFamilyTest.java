package io.wxflux.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostFamilyTest {
    @ParameterizedTest
    @CsvSource({
        "wx.qq.com,       file.wx.qq.com,       webpush.wx.qq.com,       login.wx.qq.com,       qq.com",
        "wx2.qq.com,      file.wx2.qq.com,      webpush.wx2.qq.com,      login.wx2.qq.com,      qq.com",
        "wx8.qq.com,      file.wx8.qq.com,      webpush.wx8.qq.com,      login.wx8.qq.com,      qq.com",
        "wx3.qq.com,      file.wx.qq.com,       webpush.wx.qq.com,       login.wx.qq.com,       qq.com",
        "web.wechat.com,  file.web.wechat.com,  webpush.web.wechat.com,  login.web.wechat.com,  wechat.com",
        "web2.wechat.com, file.web2.wechat.com, webpush.web2.wechat.com, login.web2.wechat.com, wechat.com",
        "wechat.com,      file.web.wechat.com,  webpush.web.wechat.com,  login.web.wechat.com,  wechat.com",
    })
    void followsTheTable(String api, String file, String push, String login, String parent) {
        HostFamily family = HostFamily.of(api);

        assertThat(family).isEqualTo(new HostFamily(api, file, push, login));
        assertThat(family.parent()).isEqualTo(parent);
        assertThat(List.of(api, file, push, login)).allMatch(family::isHome);
    }

    @Test
    void triesItsOwnPushHostFirstThenItsApiHostThenTheOthersOfTheSameParent() {
        assertThat(HostFamily.of("wx2.qq.com").pushCandidates(List.of()))
                .containsExactly(
                        "webpush.wx2.qq.com",
                        "wx2.qq.com",
                        "webpush.wx.qq.com",
                        "webpush.wx8.qq.com",
                        "webpush.weixin.qq.com");
        assertThat(HostFamily.of("wechat.com").pushCandidates(List.of()))
                .containsExactly("webpush.web.wechat.com", "wechat.com", "webpush.web2.wechat.com");
    }

    @Test
    void isNotAtHomeElsewhere() {
        HostFamily family = HostFamily.of("wx.qq.com");

        assertThat(List.of("webpush.wx2.qq.com", "wx2.qq.com", "webpush.weixin.qq.com", "webpush.web.wechat.com", ""))
                .noneMatch(family::isHome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "com", "example.com", "notqq.com", "qq.com.evil.example", "wx.qq.com.evil", "127.0.0.1"})
    void knowsNoFamilyOfAStranger(String host) {
        assertThatThrownBy(() -> HostFamily.of(host)).isInstanceOf(IllegalArgumentException.class);
        assertThat(HostFamily.isKnown(host)).isFalse();
        assertThat(HostFamily.parentOf(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.weixin.qq.com",
                "login.wx.qq.com",
                "wx.qq.com",
                "webpush.wx8.qq.com",
                "file.wx2.qq.com",
                "webpush.weixin.qq.com",
                "wechat.com",
                "file.web2.wechat.com"
            })
    void allowsConnectionsToTheHostsOfTheTable(String host) {
        assertThat(HostFamily.isKnown(host)).isTrue();
    }
}
