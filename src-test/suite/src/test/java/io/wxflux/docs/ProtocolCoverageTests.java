package io.wxflux.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.UserName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The table of what is implemented where and proven by what, against the sources: every row of the protocol is there,
 * every place named exists and speaks of what the row is about, every proof is a test that runs.
 */
class ProtocolCoverageTests {
    private static final Path ROOT = DocumentsTests.root();
    private static final Pattern REFERENCE = Pattern.compile("`([A-Z]\\w*)#(\\w+)`");
    private static final Pattern KEY = Pattern.compile("`([^`]+)`");

    /** The annotation of a test and what stands between it and its method. */
    private static final String A_TEST = "@(Test|ParameterizedTest|Property)\\b(?:(?!\\n    \\}\\n).)*?";

    private static final List<String> ENDPOINTS = List.of(
            "jslogin",
            "/l/",
            "login",
            "webwxpushloginurl",
            "webwxnewloginpage",
            "webwxinit",
            "webwxstatusnotify",
            "webwxstatreport",
            "webwxgetcontact",
            "webwxbatchgetcontact",
            "webwxgeticon",
            "webwxgetheadimg",
            "synccheck",
            "webwxsync",
            "webwxsendmsg",
            "webwxsendmsgimg",
            "webwxsendvideomsg",
            "webwxsendemoticon",
            "webwxsendappmsg",
            "webwxrevokemsg",
            "webwxcheckupload",
            "webwxuploadmedia",
            "webwxgetmsgimg",
            "webwxgetvoice",
            "webwxgetvideo",
            "webwxgetmedia",
            "webwxgetpubliclinkimg",
            "webwxpreview",
            "webwxverifyuser",
            "webwxoplog",
            "webwxlogout",
            "webwxsearchcontact",
            "webwxcheckurl",
            "webwxcreatechatroom",
            "webwxupdatechatroom?fun=addmember",
            "webwxupdatechatroom?fun=invitemember",
            "webwxupdatechatroom?fun=delmember",
            "webwxupdatechatroom?fun=modtopic",
            "webwxupdatechatroom?fun=quitchatroom");

    private static final List<Integer> MSG_TYPES = List.of(
            1, 3, 11, 12, 13, 34, 35, 36, 37, 38, 39, 40, 42, 43, 44, 47, 48, 49, 50, 51, 52, 53, 62, 9999, 10000,
            10002);

    private static final List<Integer> APP_MSG_TYPES =
            List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 15, 16, 17, 19, 33, 36, 51, 53, 57, 2000, 2001, 100001);

    private static final List<String> SYSTEM_XML = List.of(
            "revokemsg",
            "pat",
            "sysmsgtemplate",
            "todo",
            "roomtoolstips",
            "roomtips",
            "op id='2'",
            "op id='4'",
            "op id='5'",
            "friend request",
            "card",
            "location");

    private static final List<String> CODES = List.of(
            "0",
            "1",
            "-1",
            "-2",
            "-14",
            "3",
            "1100",
            "1101",
            "1102",
            "1200",
            "1203",
            "1204",
            "1205",
            "HTTP 301",
            "HTTP 402",
            "HTTP 502",
            "HTTP 0");

    private static final List<String> LOGIN_CODES = List.of("200", "201", "202", "400", "408", "500", "0");

    private static final List<String> SELECTORS =
            IntStream.range(0, 8).mapToObj(Integer::toString).toList();

    private static final Map<String, String> ENGINE = new HashMap<>();
    private static final Map<String, String> TESTS = new HashMap<>();
    private static String document = "";

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(ROOT.resolve("docs/protocol-coverage.md"));
        sources("engine/src/main/java", ENGINE);
        sources("src-test", TESTS);
    }

    private static void sources(String folder, Map<String, String> into) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString();
                into.merge(name.substring(0, name.length() - 5), Files.readString(file), (one, two) -> one + two);
            }
        }
    }

    @Test
    void everyEndpointHasItsRow() {
        List<Row> rows = rows("Endpoints");
        assertThat(rows).extracting(Row::key).containsExactlyElementsOf(ENDPOINTS);
        for (Row row : rows) {
            row.isImplementedAndProven();
            String name = row.key().replaceAll("\\?.*", "");
            String fun = row.key().replaceAll(".*=", "");
            assertThat(row.implementation().stream().anyMatch(text -> text.contains(name) && text.contains(fun)))
                    .as("%s stands where it is said to be implemented", row.key())
                    .isTrue();
            assertThat(row.proof().stream().anyMatch(text -> text.contains(name) && text.contains(fun)))
                    .as("%s stands in its proof", row.key())
                    .isTrue();
        }
    }

    @Test
    void everyMsgTypeHasItsRowAndComesOutAsTheRowSays() {
        List<Row> rows = rows("MsgTypes");
        assertThat(rows).extracting(Row::key).containsExactlyElementsOf(texts(MSG_TYPES));
        for (Row row : rows) {
            row.isImplementedAndProven();
            if (!row.key().equals("49") && !row.key().equals("10002")) {
                assertThat(decoded(Integer.parseInt(row.key()), 0))
                        .as(row.key())
                        .isEqualTo(row.event());
            }
        }
    }

    @Test
    void everyAppMsgTypeHasItsRowAndComesOutAsTheRowSays() {
        List<Row> rows = rows("AppMsgTypes");
        assertThat(rows).extracting(Row::key).containsExactlyElementsOf(texts(APP_MSG_TYPES));
        for (Row row : rows) {
            row.isImplementedAndProven();
            assertThat(decoded(49, Integer.parseInt(row.key()))).as(row.key()).isEqualTo(row.event());
        }
    }

    @Test
    void everySystemXmlHasItsRow() {
        everyRowIsThere("System XML", SYSTEM_XML);
    }

    @Test
    void everyReturnCodeHasItsRow() {
        everyRowIsThere("Return codes", CODES);
        for (Row row : rows("Return codes")) {
            String code = row.key().replace("HTTP ", "");
            assertThat(row.proof().stream().anyMatch(text -> text.contains(code)))
                    .as("%s stands in its proof", row.key())
                    .isTrue();
        }
    }

    @Test
    void everyLoginCodeHasItsRow() {
        everyRowIsThere("Login codes", LOGIN_CODES);
    }

    @Test
    void everySelectorHasItsRow() {
        everyRowIsThere("Selectors", SELECTORS);
    }

    private static void everyRowIsThere(String section, List<String> keys) {
        List<Row> rows = rows(section);
        assertThat(rows).extracting(Row::key).containsExactlyElementsOf(keys);
        rows.forEach(Row::isImplementedAndProven);
    }

    private static String decoded(int msgType, int appMsgType) {
        String json = "{\"MsgId\":\"1\",\"MsgType\":" + msgType + ",\"AppMsgType\":" + appMsgType
                + ",\"FromUserName\":\"@friend\",\"ToUserName\":\"@self\",\"Content\":\"text\",\"CreateTime\":1}";
        Message message =
                MessageDecoder.decode(RawMessage.wrap(json.getBytes(StandardCharsets.UTF_8)), UserName.of("@self"));
        return "wx.message." + message.kind().suffix();
    }

    private static List<String> texts(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    /** The rows of the first table below a heading, without its head. */
    private static List<Row> rows(String section) {
        int start = document.indexOf("## " + section + "\n");
        assertThat(start).as(section).isNotNegative();
        int end = document.indexOf("\n## ", start + 1);
        List<Row> rows = new ArrayList<>();
        document.substring(start, end < 0 ? document.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(Row::of)
                .forEach(rows::add);
        return rows;
    }

    /** One line: the key, what happens with it, where, and the proof. */
    private record Row(String key, String what, List<Place> places, List<Place> proofs) {
        static Row of(String line) {
            String[] cells = line.substring(1).split("\\|");
            assertThat(cells).as(line).hasSize(4);
            MatchResult key = KEY.matcher(cells[0]).results().findFirst().orElseThrow();
            return new Row(key.group(1), cells[1].strip(), places(cells[2]), places(cells[3]));
        }

        private static List<Place> places(String cell) {
            return REFERENCE
                    .matcher(cell)
                    .results()
                    .map(match -> new Place(match.group(1), match.group(2)))
                    .toList();
        }

        String event() {
            return KEY.matcher(what).results().findFirst().orElseThrow().group(1);
        }

        void isImplementedAndProven() {
            assertThat(what).as(key).isNotEmpty();
            assertThat(places).as("%s: where it is implemented", key).isNotEmpty();
            assertThat(proofs).as("%s: what proves it", key).isNotEmpty();
            for (Place place : places) {
                assertThat(ENGINE.keySet()).as(key).contains(place.type);
                assertThat(found("\\b" + place.member + "\\b", ENGINE, place))
                        .as("%s: %s is there", key, place)
                        .isTrue();
            }
            for (Place proof : proofs) {
                assertThat(TESTS.keySet()).as(key).contains(proof.type);
                assertThat(found(A_TEST + "\\bvoid " + proof.member + "\\(", TESTS, proof))
                        .as("%s: %s is a test", key, proof)
                        .isTrue();
            }
        }

        private static boolean found(String pattern, Map<String, String> sources, Place place) {
            return Pattern.compile(pattern, Pattern.DOTALL)
                    .matcher(sources.getOrDefault(place.type, ""))
                    .find();
        }

        /** The sources that are named as its implementation. */
        List<String> implementation() {
            return places.stream()
                    .map(place -> ENGINE.getOrDefault(place.type, ""))
                    .toList();
        }

        List<String> proof() {
            return proofs.stream()
                    .map(proof -> TESTS.getOrDefault(proof.type, ""))
                    .toList();
        }
    }

    private record Place(String type, String member) {}
}
