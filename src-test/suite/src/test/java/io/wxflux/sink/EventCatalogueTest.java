package io.wxflux.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wxflux.event.AccountEvent;
import io.wxflux.event.ContactEvent;
import io.wxflux.event.Lifecycle;
import io.wxflux.event.MessageReceived;
import io.wxflux.internal.wire.MessageDecoder;
import io.wxflux.internal.wire.SampleMessages;
import io.wxflux.model.Message;
import io.wxflux.model.MessageKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue is part of the product: it shows what is really written, and the schema accepts exactly that. */
class EventCatalogueTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.*)$");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(doc("events.schema.json"));

    private static String doc(String name) {
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path file = dir.resolve("docs").resolve(name);
            if (Files.exists(file)) {
                try {
                    return Files.readString(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException(
                "docs/" + name + " is nowhere above " + Path.of("").toAbsolutePath());
    }

    private static List<JsonNode> examplesInTheCatalogue() {
        List<JsonNode> examples = new ArrayList<>();
        var matcher = BLOCK.matcher(doc("events.md"));
        while (matcher.find()) {
            examples.add(JSON.readTree(matcher.group(1)));
        }
        return examples;
    }

    private static Stream<AccountEvent> events() {
        return ExampleEvents.all().stream();
    }

    private static Set<String> allTypes() {
        Set<String> types = new TreeSet<>();
        for (MessageKind kind : MessageKind.values()) {
            types.add("wx.message." + kind.suffix());
        }
        for (AccountEvent event : ExampleEvents.all()) {
            if (!(event instanceof MessageReceived)) {
                types.add(event.type());
            }
        }
        return types;
    }

    @Test
    void thereIsAnExampleOfEveryLifecycleEventAndOfEveryKind() {
        Set<String> forms = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        for (AccountEvent event : ExampleEvents.all()) {
            forms.add(event.getClass().getSimpleName());
            types.add(event.type());
        }
        for (Class<?> form : Lifecycle.class.getPermittedSubclasses()) {
            assertThat(forms).contains(form.getSimpleName());
        }
        for (Class<?> form : ContactEvent.class.getPermittedSubclasses()) {
            assertThat(forms).contains(form.getSimpleName());
        }
        assertThat(types).isEqualTo(allTypes());
    }

    @Test
    void theCatalogueHasEveryType() {
        assertThat(examplesInTheCatalogue().stream().map(e -> e.get("type").asString()))
                .containsExactlyInAnyOrderElementsOf(allTypes());
        JsonNode listed = JSON.readTree(doc("events.schema.json")).at("/properties/type/examples");
        assertThat(listed.valueStream().map(JsonNode::asString).toList())
                .containsExactlyInAnyOrderElementsOf(allTypes());
    }

    @Test
    void theCatalogueShowsWhatIsWritten() {
        List<JsonNode> written = new ArrayList<>();
        events().forEach(event -> written.add(JSON.readTree(CloudEvents.encode(event, true))));
        assertThat(examplesInTheCatalogue()).containsExactlyInAnyOrderElementsOf(written);
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenFitsTheSchema(AccountEvent event) {
        for (boolean withQr : new boolean[] {true, false}) {
            JsonNode written = JSON.readTree(CloudEvents.encode(event, withQr));
            assertThat(schema.validate(written)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldIsDocumented(AccountEvent event) {
        JsonNode data = JSON.readTree(CloudEvents.encode(event, true)).get("data");
        String catalogue = doc("events.md");
        for (String name : data.propertyNames()) {
            assertThat(catalogue).contains("`" + name + "`");
        }
    }

    /** Otherwise the schema would accept everything. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "type", "specversion", "time", "data"})
    void aMissingAttributeDoesNotFit(String attribute) {
        var event = (ObjectNode)
                JSON.readTree(CloudEvents.encode(ExampleEvents.all().get(2)));
        assertThat(schema.validate(event)).isEmpty();
        event.remove(attribute);
        assertThat(schema.validate(event)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aMissingOrWrongFieldDoesNotFit(AccountEvent event) {
        JsonNode data = JSON.readTree(CloudEvents.encode(event)).get("data");
        Set<String> always = always(event.type());
        for (String name : data.propertyNames()) {
            var changed = (ObjectNode) JSON.readTree(CloudEvents.encode(event));
            ((ObjectNode) changed.get("data")).remove(name);
            assertThat(schema.validate(changed).isEmpty())
                    .as("without %s", name)
                    .isEqualTo(!always.contains(name));
            ((ObjectNode) changed.get("data")).putArray(name);
            assertThat(schema.validate(changed).isEmpty())
                    .as("with an empty array as %s", name)
                    .isEqualTo(name.equals("raw") || data.get(name).isArray());
        }
    }

    /** Events of accounts and contacts have all their fields; of messages and sends the catalogue says which. */
    private static Set<String> always(String type) {
        Set<String> always = new TreeSet<>();
        if (type.startsWith("wx.message.")) {
            always.addAll(Set.of("msgId", "msgType", "appMsgType", "self", "from", "to", "sender", "raw", "rawText"));
        }
        String catalogue = doc("events.md");
        int start = catalogue.indexOf("### " + type + "\n");
        int end = catalogue.indexOf("\n### ", start);
        boolean says = type.startsWith("wx.message.") || type.startsWith("wx.send.");
        Matcher row = ROW.matcher(catalogue.substring(start, end < 0 ? catalogue.length() : end));
        while (row.find()) {
            if (!says || row.group(2).startsWith(" always ")) {
                always.add(row.group(1));
            }
        }
        return always;
    }

    @Test
    void anEventWithTheRawObjectNeedNoFieldsOfItsKind() {
        for (MessageKind kind : MessageKind.values()) {
            var event = (ObjectNode) JSON.readTree(CloudEvents.encode(unreadable(kind)));
            assertThat(event.at("/type").asString()).isEqualTo("wx.message." + kind.suffix());
            assertThat(event.at("/data/raw").isObject()).isTrue();
            assertThat(schema.validate(event)).as(kind.suffix()).isEmpty();
        }
    }

    private static AccountEvent unreadable(MessageKind kind) {
        Message message = MessageDecoder.decode(SampleMessages.raw(SampleMessages.one("unknown")), ExampleEvents.SELF);
        return ExampleEvents.received(1, new Message.Other(message.header(), kind, message.raw(), "unreadable"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatWorksLikeAKeyStaysInside(AccountEvent event) {
        assertThat(new String(CloudEvents.encode(event, false), StandardCharsets.UTF_8))
                .doesNotContain("00aa", "@stranger", "@crypt_", "@cdn_", "encfilekey", "sign=", "%2Epdf");
    }
}
