package io.wxflux.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.internal.wire.SampleMessages;
import io.wxflux.model.Mentions;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
    private static final List<String> NAMES = List.of("掌柜 🌸", "小店", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@小店",
                "@小店\u2005早",
                "@小店 早",
                "早 @小店\n好",
                "a@b.example @小店",
                "@@小店 ",
                "@小店主 @小店",
                "@掌柜 🌸\u2005早",
                "@小李\u2005@小店\u2005早"
            })
    void aNameBehindAnAtCounts(String text) {
        assertThat(Mentions.of(text, NAMES)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "小店", "@ 小店", "@小店主", "@小", "@小店,", "@_@", "@\u2005", "@掌柜", "小店@"})
    void othersDoNot(String text) {
        assertThat(Mentions.of(text, NAMES)).isFalse();
        assertThat(Mentions.of(text, Set.of())).isFalse();
    }

    private static MessageReceived room(String from, String content, @Nullable String card, @Nullable String nick) {
        String json = SampleMessages.message(10, 1, 0, from, content);
        MessageReceived event = ExampleEvents.received(
                1, MessageDecoder.decode(SampleMessages.raw(json), UserName.of(SampleMessages.SELF)));
        return new MessageReceived(
                event.head(),
                event.message(),
                event.from(),
                new Party(event.to().userName(), nick, null, card),
                event.sender(),
                event.room());
    }

    @Test
    void theCardNameAndTheNickNameAreMine() {
        String text = SampleMessages.ALICE + ":<br/>@掌柜\u2005早";
        assertThat(room(SampleMessages.ROOM, text, "掌柜", "小店").mentionsMe()).isTrue();
        assertThat(room(SampleMessages.ROOM, text, null, "掌柜").mentionsMe()).isTrue();
        assertThat(room(SampleMessages.ROOM, text, "小李", "小店").mentionsMe()).isFalse();
        assertThat(room(SampleMessages.ROOM, text, null, null).mentionsMe()).isFalse();
        assertThat(room(SampleMessages.ALICE, "@掌柜\u2005早", "掌柜", null).mentionsMe())
                .isFalse();
    }

    @Test
    void answersMentionToo() {
        String quote = SampleMessages.ALICE + ":<br/>「小王：早」<br/>- - - - - - - - - - - - - - -<br/>@小店 好";
        assertThat(room(SampleMessages.ROOM, quote, null, "小店").mentionsMe()).isTrue();
        String quoted = SampleMessages.ALICE + ":<br/>「小王：@小店 早」<br/>- - - - - - - - - - - - - - -<br/>好";
        assertThat(room(SampleMessages.ROOM, quoted, null, "小店").mentionsMe()).isFalse();
    }

    @Test
    void onlyTextsInRoomsSaySo() {
        String inRoom = encoded(room(SampleMessages.ROOM, SampleMessages.ALICE + ":<br/>hi", null, "小店"));
        assertThat(inRoom).contains("\"mentionsMe\":false");
        assertThat(encoded(room(SampleMessages.ALICE, "@小店 hi", null, "小店"))).doesNotContain("mentionsMe");
    }

    private static String encoded(MessageReceived event) {
        return new String(CloudEvents.encode(event), StandardCharsets.UTF_8);
    }
}
