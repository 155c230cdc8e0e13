package io.wxflux.internal.protocol;

import io.wxflux.error.MediaUnavailableException;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpCall.Field;
import io.wxflux.internal.transport.PlaceAddress;
import io.wxflux.internal.wire.PlacePage;
import io.wxflux.internal.wire.PlacePoint;
import io.wxflux.model.Coordinates;
import io.wxflux.model.Place;
import io.wxflux.model.PlaceMessage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** PROTOCOL 9.3: where a place is; of old messages a public page tells it. */
public final class Places {
    private static final String OPERATION = "redirectforward";
    private static final int MOST_REDIRECTS = 3;
    private static final int LARGEST = 256 * Service.KIB;

    private Places() {}

    /** What the message itself tells; null when only a page does. */
    public static @Nullable Place told(PlaceMessage.Location.Details details) {
        String label = details.label().isEmpty() ? details.poiName() : details.label();
        boolean tells = !label.isEmpty() || details.coordinates() != null;
        return tells ? new Place(label, details.coordinates(), details.mapUrl()) : null;
    }

    /**
     * Reads the page, as somebody who is not signed in.
     *
     * <p><b>Emits</b> once. <b>Errors</b> {@link MediaUnavailableException} when the page is not to be asked for or tells
     * nothing, {@link io.wxflux.error.HostUnreachableException}.
     */
    public static Mono<Place> read(Service service, String url) {
        return Mono.defer(() -> {
            PlaceAddress address = PlaceAddress.parse(url);
            return address == null
                    ? Mono.error(MediaUnavailableException.never(
                            "this location tells neither an address nor a page of WeChat's; look at it on the phone"))
                    : visit(service, url, address, null, 0);
        });
    }

    private static Mono<Place> visit(
            Service service, String url, PlaceAddress address, @Nullable Coordinates known, int redirects) {
        HttpCall.Builder call = HttpCall.get(OPERATION, address.host(), address.path());
        for (Field field : address.query()) {
            call.query(field.name(), field.value());
        }
        Coordinates inAddress = PlacePoint.in(address.query().stream()
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining("&")));
        Coordinates there = inAddress == null ? known : inAddress;
        return service.ask(call.on(HttpCall.Lane.PUBLIC, service.http().requestTimeout(), LARGEST))
                .flatMap(answer -> {
                    String location = answer.location();
                    boolean moved = answer.status() >= 300 && answer.status() < 400 && location != null;
                    if (!moved || location == null) {
                        return Mono.just(place(url, answer, there));
                    }
                    PlaceAddress next = address.follow(location);
                    if (next == null || redirects == MOST_REDIRECTS) {
                        return Mono.error(MediaUnavailableException.never(OPERATION
                                + (next == null
                                        ? " leads to a host that is none of WeChat's map pages; nothing was sent there"
                                        : " leads on and on; it was given up")));
                    }
                    return visit(service, url, next, there, redirects + 1);
                });
    }

    private static Place place(String url, HttpAnswer answer, @Nullable Coordinates known) {
        int status = answer.status();
        if (status >= 500 || status < 200) {
            ReturnCodes.body(OPERATION, answer);
        }
        if (status >= 300) {
            throw new MediaUnavailableException(
                    OPERATION + " was answered with HTTP status " + status + ": the page is not there, or no longer");
        }
        PlacePage page = PlacePage.read(answer.contentType(), answer.body());
        Coordinates there = known == null ? page.coordinates() : known;
        if (page.title().isEmpty() && there == null) {
            throw new MediaUnavailableException(
                    OPERATION + " was answered with a page that tells no place; try again later");
        }
        return new Place(page.title(), there, url);
    }
}
