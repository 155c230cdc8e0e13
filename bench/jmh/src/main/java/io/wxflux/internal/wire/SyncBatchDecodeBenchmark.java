package io.wxflux.internal.wire;

import static java.util.Objects.requireNonNull;

import io.wxflux.bench.Bench;
import io.wxflux.bench.Samples;
import io.wxflux.model.Message;
import io.wxflux.model.RawMessage;
import io.wxflux.model.SyncKey;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What does an answer of webwxsync cost from its bytes to our records, beside Jackson merely reading its tokens and a
 * hand-written loop over them that makes records of the same fields?
 *
 * <p>Like with like: {@link #batch} and {@link #floorStreaming} both make the code, the two keys, the flags and every
 * field of each message that {@link Envelope} has, its texts as they were sent. They differ in this: ours also finds where
 * each message begins and ends, checks its ids, texts and the lists' bounds, refuses members that come twice, looks at
 * contacts and the profile, and makes a name that comes again once; the loop also makes a text of NewMsgId.
 * {@link #decode} goes further than the loop, to what sinks get: headers with times and parties, kinds, texts without
 * their escapes. {@link #again} is the same from journal records alone, as after a restart. In the samples all messages
 * are of one conversation.
 */
@State(Scope.Benchmark)
public class SyncBatchDecodeBenchmark extends Bench {
    private static final UserName SELF = UserName.of(Samples.SELF);

    /** In the answer. */
    @Param({"1", "20", "100"})
    public int messages;

    private byte[] body = {};
    private List<RawMessage> raw = List.of();

    /** Makes the answer, and sees that all ways of reading it find the same. */
    @Setup
    public void prepare() {
        body = Samples.sync(messages);
        raw = SyncBody.parse(body).messages().stream()
                .map(SyncBody.ReceivedMessage::raw)
                .toList();
        if (!decode().equals(again())
                || !floorStreaming().messages().equals(ours())
                || !entries(floorStreaming().syncKey())
                        .equals(SyncBody.parse(body).syncKey().entries())
                || floorTokens() < messages) {
            throw new IllegalStateException("the ways of decoding differ");
        }
    }

    private List<Plain> ours() {
        return SyncBody.parse(body).messages().stream()
                .map(each -> plain(each.id().value(), requireNonNull(each.envelope())))
                .toList();
    }

    /** Our record as the loop would have it; the samples have the same number as both ids. */
    private static Plain plain(String id, Envelope of) {
        return new Plain(
                id,
                id,
                of.from().value(),
                of.to().value(),
                of.msgType(),
                of.appMsgType(),
                of.subMsgType(),
                of.content(),
                of.createTime(),
                of.statusNotifyCode(),
                of.statusNotifyUserName());
    }

    private static List<SyncKey.Entry> entries(List<PlainKey> key) {
        return key.stream()
                .map(each -> new SyncKey.Entry(each.key(), each.val()))
                .toList();
    }

    /** Up to the journal: each message by its id, its own bytes and its fields. */
    @Benchmark
    public SyncBody batch() {
        return SyncBody.parse(body);
    }

    /** Up to a sink: every message a record, texts decoded, XML not looked at. */
    @Benchmark
    public List<Message> decode() {
        List<Message> all = new ArrayList<>();
        for (SyncBody.ReceivedMessage each : SyncBody.parse(body).messages()) {
            all.add(each.message(SELF));
        }
        return all;
    }

    /** Up to a sink once more, of messages that are in memory no longer: each from its own bytes. */
    @Benchmark
    public List<Message> again() {
        List<Message> all = new ArrayList<>();
        for (RawMessage each : raw) {
            all.add(MessageDecoder.decode(each, SELF));
        }
        return all;
    }

    /** Every token, nothing kept. */
    @Benchmark
    public long floorTokens() {
        long tokens = 0;
        try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            while (in.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** A record of a message's fields, as strings and numbers: those of {@link Envelope}, and in its types. */
    record Plain(
            String msgId,
            String newMsgId,
            String from,
            String to,
            int msgType,
            int appMsgType,
            int subMsgType,
            String content,
            long createTime,
            int code,
            String names) {}

    /** A part of a key. */
    record PlainKey(int key, long val) {}

    /** A record of the answer: what {@link SyncBody} has, as far as the answers of the service hold it. */
    record PlainAnswer(
            int ret,
            List<Plain> messages,
            List<PlainKey> syncKey,
            List<PlainKey> checkKey,
            String skey,
            boolean more) {}

    /** One loop over the tokens, every field of ours a string or a number, no checks. */
    @Benchmark
    public PlainAnswer floorStreaming() {
        int ret = -1;
        List<Plain> messages = new ArrayList<>();
        List<PlainKey> syncKey = List.of();
        List<PlainKey> checkKey = List.of();
        String skey = "";
        boolean more = false;
        try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
            in.nextToken();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                switch (name) {
                    case "BaseResponse" -> ret = plainRet(in);
                    case "AddMsgList" -> {
                        while (in.nextToken() == JsonToken.START_OBJECT) {
                            messages.add(plain(in));
                        }
                    }
                    case "SyncKey" -> syncKey = plainKey(in);
                    case "SyncCheckKey" -> checkKey = plainKey(in);
                    case "SKey" -> skey = in.getString();
                    case "ContinueFlag" -> more = in.getIntValue() != 0;
                    default -> in.skipChildren();
                }
            }
        }
        return new PlainAnswer(ret, messages, syncKey, checkKey, skey, more);
    }

    private static int plainRet(JsonParser in) {
        int ret = -1;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals("Ret")) {
                ret = in.getIntValue();
            }
        }
        return ret;
    }

    private static List<PlainKey> plainKey(JsonParser in) {
        List<PlainKey> all = new ArrayList<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            if (name.equals("List")) {
                while (in.nextToken() == JsonToken.START_OBJECT) {
                    all.add(plainEntry(in));
                }
            }
        }
        return all;
    }

    private static PlainKey plainEntry(JsonParser in) {
        int key = 0;
        long val = 0;
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            switch (name) {
                case "Key" -> key = in.getIntValue();
                case "Val" -> val = in.getLongValue();
                default -> in.skipChildren();
            }
        }
        return new PlainKey(key, val);
    }

    private static Plain plain(JsonParser in) {
        String msgId = "";
        String newMsgId = "";
        String from = "";
        String to = "";
        int msgType = 0;
        int appMsgType = 0;
        int subMsgType = 0;
        String content = "";
        long createTime = 0;
        int code = 0;
        String names = "";
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            switch (name) {
                case "MsgId" -> msgId = in.getString();
                case "NewMsgId" -> newMsgId = in.getString();
                case "FromUserName" -> from = in.getString();
                case "ToUserName" -> to = in.getString();
                case "MsgType" -> msgType = in.getIntValue();
                case "AppMsgType" -> appMsgType = in.getIntValue();
                case "SubMsgType" -> subMsgType = in.getIntValue();
                case "Content" -> content = in.getString();
                case "CreateTime" -> createTime = in.getLongValue();
                case "StatusNotifyCode" -> code = in.getIntValue();
                case "StatusNotifyUserName" -> names = in.getString();
                default -> in.skipChildren();
            }
        }
        return new Plain(msgId, newMsgId, from, to, msgType, appMsgType, subMsgType, content, createTime, code, names);
    }
}
