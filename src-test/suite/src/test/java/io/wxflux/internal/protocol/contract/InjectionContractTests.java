package io.wxflux.internal.protocol.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.CheckUrl;
import io.wxflux.internal.protocol.Contacts;
import io.wxflux.internal.protocol.CreateRoom;
import io.wxflux.internal.protocol.Credentials;
import io.wxflux.internal.protocol.Download;
import io.wxflux.internal.protocol.Draft;
import io.wxflux.internal.protocol.LoginTicket;
import io.wxflux.internal.protocol.Logout;
import io.wxflux.internal.protocol.Oplog;
import io.wxflux.internal.protocol.QrLogin;
import io.wxflux.internal.protocol.SearchContact;
import io.wxflux.internal.protocol.Send;
import io.wxflux.internal.protocol.Service;
import io.wxflux.internal.protocol.SignedIn;
import io.wxflux.internal.protocol.Start;
import io.wxflux.internal.protocol.StatisticsReport;
import io.wxflux.internal.protocol.Sync;
import io.wxflux.internal.protocol.UpdateRoom;
import io.wxflux.internal.protocol.Upload;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.internal.protocol.VerifyUser;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.RedirectUri;
import io.wxflux.internal.wire.RequestBodies.ContactQuery;
import io.wxflux.internal.wire.UploadBody;
import io.wxflux.model.Concealed;
import io.wxflux.model.MediaSource;
import io.wxflux.model.MsgId;
import io.wxflux.model.Outgoing;
import io.wxflux.model.StatReport;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.LoginMode;
import io.wxflux.options.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/**
 * Ends of lines, and what may pass for them, in every field that goes out: of texts, names and ids, of credentials, of the
 * settings. Either the field is refused, or the request has the lines it has always had and is the only one.
 */
class InjectionContractTests {
    private static final List<String> PAYLOADS = List.of(
            "a\r\nX-Smuggled: 1",
            "a\nX-Smuggled: 1",
            "a\rX-Smuggled: 1",
            "a\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: wx2.qq.com\r\n\r\n",
            "a HTTP/1.1\r\nX-Smuggled: 1\r\n\r\n",
            "a\u0000\r\nX-Smuggled: 1",
            "a\u0085X-Smuggled: 1",
            "a\u2028X-Smuggled: 1",
            "a\u560d\u560aX-Smuggled: 1",
            "a\u010d\u010aX-Smuggled: 1",
            "a%0d%0aX-Smuggled: 1",
            "a%250d%250aX-Smuggled: 1",
            "a\\r\\nX-Smuggled: 1",
            "a\u000b\u000cX-Smuggled: 1",
            "a; X-Smuggled=1",
            "a\"\r\nX-Smuggled: 1\r\n\r\n--",
            "a&smuggled=1#?",
            "a\tb\u007fc",
            "/../..//smuggled?x=1");

    @RegisterExtension
    final Wire wire = new Wire();

    private static Map<String, BiFunction<Service, String, Mono<?>>> fields() {
        Map<String, BiFunction<Service, String, Mono<?>>> all = new LinkedHashMap<>();
        UserName peer = UserName.of("@peer");
        all.put("text", (s, x) -> send(s, Draft.text(x, "")));
        all.put("source of a text", (s, x) -> send(s, Draft.text("t", x)));
        all.put("recipient", (s, x) -> Send.message(Wire.signedIn(s), UserName.of(x), Draft.text("t", ""), "17"));
        all.put("ClientMsgId", (s, x) -> Send.message(Wire.signedIn(s), peer, Draft.text("t", ""), x));
        all.put(
                "content that exists",
                (s, x) -> send(s, Draft.existing(new Outgoing.Existing(Outgoing.Kind.APP, 5, x), false)));
        all.put("media id", (s, x) -> send(s, Draft.uploaded(Outgoing.Kind.IMAGE, media(x, "a.png"), false)));
        all.put("file name", (s, x) -> send(s, Draft.uploaded(Outgoing.Kind.FILE, media("@m", x), false)));
        all.put("name of an upload", (s, x) -> upload(s, x));
        all.put(
                "name of a large upload",
                (s, x) -> Upload.check(Wire.signedIn(s), peer, new UploadPlan.Facts(x, 26_214_401, "0")));
        all.put("id of a recall", (s, x) -> Send.recall(Wire.signedIn(s), peer, new MsgId(x), "17"));
        all.put("read mark", (s, x) -> Start.markRead(Wire.signedIn(s), UserName.of(x)));
        all.put("remark", (s, x) -> Oplog.remark(Wire.signedIn(s), peer, x));
        all.put("topic", (s, x) -> CreateRoom.create(Wire.signedIn(s), List.of(peer, UserName.of("@b")), x));
        all.put("members", (s, x) -> UpdateRoom.add(Wire.signedIn(s), UserName.of("@@r"), List.of(UserName.of(x))));
        all.put("new topic", (s, x) -> UpdateRoom.rename(Wire.signedIn(s), UserName.of("@@r"), x));
        all.put("keyword", (s, x) -> SearchContact.search(Wire.signedIn(s), x).then());
        all.put("hello", (s, x) -> verify(s, "v1", "v2", x));
        all.put("handle", (s, x) -> verify(s, x, "v2", "h"));
        all.put("ticket", (s, x) -> verify(s, "v1", x, "h"));
        all.put("report", (s, x) -> StatisticsReport.report(Wire.signedIn(s), List.of(new StatReport(1, x))));
        all.put("link", (s, x) -> CheckUrl.check(Wire.signedIn(s), "https://example.org/" + x));
        all.put(
                "who is asked about",
                (s, x) -> Contacts.details(Wire.signedIn(s), List.of(ContactQuery.of(UserName.of(x)))));
        all.put("uuid", (s, x) -> QrLogin.poll(s, x, true));
        all.put(
                "ticket of a login",
                (s, x) -> LoginTicket.fetch(
                        s, new RedirectUri(Wire.API, List.of(new HttpCall.Field("ticket", x))), LoginMode.web()));
        all.put("extspam", (s, x) -> LoginTicket.fetch(s, redirect(), LoginMode.desktop(Secret.of(x), "2.0.0")));
        all.put("client version", (s, x) -> LoginTicket.fetch(s, redirect(), LoginMode.desktop(Secret.of("e"), x)));
        all.put("sid", (s, x) -> sync(s, new Credentials(Wire.CREDENTIALS.uin(), x, "@k", "p")));
        all.put("skey", (s, x) -> sync(s, new Credentials(Wire.CREDENTIALS.uin(), "s", x, "p")));
        all.put("pass_ticket", (s, x) -> sync(s, new Credentials(Wire.CREDENTIALS.uin(), "s", "@k", x)));
        all.put(
                "sid of a check",
                (s, x) -> Sync.check(s, Wire.PUSH, new Credentials(Wire.CREDENTIALS.uin(), x, "@k", "p"), key()));
        all.put(
                "skey of a logout",
                (s, x) -> Logout.logout(s, Wire.HOSTS, new Credentials(Wire.CREDENTIALS.uin(), "s", x, "p")));
        all.put(
                "own name",
                (s, x) -> Start.statusNotify(new SignedIn(s, Wire.HOSTS, Wire.CREDENTIALS, UserName.of(x))));
        all.put("id of a picture", (s, x) -> open(s, Download.image(new MsgId(x), "")));
        all.put("kind of a picture", (s, x) -> open(s, Download.image(new MsgId("1"), x)));
        all.put("file that came", (s, x) -> open(s, Download.file(peer, "@m", "encryfilename", x)));
        all.put("its sender", (s, x) -> open(s, Download.file(UserName.of(x), "@m", "filename", "n")));
        all.put("preview", (s, x) -> open(s, Download.preview(x)));
        all.put("room of a face", (s, x) -> open(s, Download.headImage(peer, true, x, null)));
        all.put(
                "address of a face",
                (s, x) -> found(
                        s,
                        Download.headImage(
                                peer, "/cgi-bin/mmwebwx-bin/webwxgeticon?username=@peer&seq=" + x, true, "")));
        all.put(
                "address of a map",
                (s, x) -> found(s, Download.map("/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=" + x)));
        return all;
    }

    private static Mono<?> send(Service service, Draft draft) {
        return Send.message(Wire.signedIn(service), UserName.of("@peer"), draft, "17");
    }

    private static UploadedMedia media(String id, String name) {
        return new UploadedMedia(id, "", "", "", name, 1, "00");
    }

    private static Mono<?> upload(Service service, String name) {
        var plan = new UploadPlan(
                Wire.signedIn(service),
                UserName.of("@peer"),
                new UploadPlan.Facts(name, 3, "00"),
                1,
                7,
                new UploadBody(0, "", "", "", ""));
        return Upload.chunk(plan, plan.body(0));
    }

    private static Mono<?> verify(Service service, String handle, String ticket, String hello) {
        return VerifyUser.verify(
                Wire.signedIn(service), VerifyUser.Opcode.REQUEST, Concealed.of(handle), Concealed.of(ticket), hello);
    }

    private static Mono<?> sync(Service service, Credentials credentials) {
        return Sync.sync(service, Wire.HOSTS, credentials, key());
    }

    private static SyncKey key() {
        return new SyncKey(List.of(new SyncKey.Entry(1, 2)));
    }

    private static RedirectUri redirect() {
        return RedirectUri.parse("https://" + Wire.API + Wire.CGI + "webwxnewloginpage?ticket=t");
    }

    private static Mono<?> found(Service service, Download.Fetch fetch) {
        return fetch == null ? Mono.error(new IllegalArgumentException("it is not asked for")) : open(service, fetch);
    }

    private static Mono<?> open(Service service, Download.Fetch fetch) {
        return Download.open(Wire.signedIn(service), fetch, 0, false)
                .doOnNext(stream -> stream.discard().run());
    }

    /** The lines of a request: its names of headers. */
    private static Set<String> lines(Seen seen) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(seen.request().getAllHeaderKeys());
        return names;
    }

    private Seen only(String field, String payload, BiFunction<Service, String, Mono<?>> call) {
        wire.wireMock().resetRequests();
        boolean refused = false;
        try {
            call.apply(wire.service(), payload).then().block();
        } catch (WxfluxException | IllegalArgumentException typed) {
            refused = true;
        }
        List<Seen> seen = wire.allSeen();
        assertThat(seen).as("%s with %s", field, payload).hasSizeLessThanOrEqualTo(1);
        assertThat(refused || seen.size() == 1).as("%s with %s", field, payload).isTrue();
        return seen.isEmpty() ? null : seen.get(0);
    }

    @Test
    void noFieldOfARequestMakesALineOfItsOwn() {
        wire.answer(Wire.ret(0));
        wire.cookie("webwx_data_ticket", "t", "qq.com", false);
        List<String> refused = new ArrayList<>();
        int[] went = {0};
        fields().forEach((field, call) -> {
            Seen usual = only(field, "harmless", call);
            assertThat(usual)
                    .as(field + " goes out when there is nothing to it")
                    .isNotNull();
            for (String payload : PAYLOADS) {
                Seen seen = only(field, payload, call);
                if (seen == null) {
                    refused.add(field);
                    continue;
                }
                went[0]++;
                assertThat(lines(seen)).as("%s with %s", field, payload).isEqualTo(lines(usual));
                assertThat(seen.request().getMethod()).isEqualTo(usual.request().getMethod());
                assertThat(seen.path()).as("%s with %s", field, payload).isEqualTo(usual.path());
                assertThat(seen.request().getUrl()).matches("[\\x21-\\x7e]+");
                seen.request().getHeaders().all().forEach(header -> {
                    if (!header.keyEquals("Content-Type") && !header.keyEquals("Content-Length")) {
                        assertThat(String.join("", header.values())).matches("[\\x20-\\x7e]*");
                    }
                });
            }
        });
        System.out.println(fields().size() + " fields: " + went[0] + " went out in their lines, " + refused.size()
                + " were refused, of " + new TreeSet<>(refused));
        assertThat(went[0]).isGreaterThan(500);
    }

    @Test
    void settingsAndNamesOfFilesAreRefusedBeforeThereIsARequest() {
        for (String payload : PAYLOADS) {
            if (payload.chars().anyMatch(c -> c < ' ')) {
                assertThatThrownBy(() -> HttpOptions.defaults().withUserAgent(payload))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> MediaSource.of(payload, new byte[1]))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    /** A cookie is the server's; whatever stands in the jar, one line goes out. */
    @Test
    void aCookieIsOneLine() {
        wire.answer(Wire.ret(0));
        for (String payload : PAYLOADS) {
            wire.wireMock().resetRequests();
            wire.cookies().restore(List.of());
            wire.cookie("wxsid", payload, "qq.com", false);
            wire.cookie("other", "fine", "qq.com", false);
            try {
                sync(wire.service(), Wire.CREDENTIALS).block();
            } catch (WxfluxException typed) {
                assertThat(typed).hasNoCause();
            }
            assertThat(wire.seen().header("X-Smuggled")).isNull();
            assertThat(wire.seen().header("Cookie")).contains("other=fine").matches("[\\x20-\\x7e]*");
        }
    }
}
