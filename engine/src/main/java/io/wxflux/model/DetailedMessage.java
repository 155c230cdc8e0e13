package io.wxflux.model;

import org.jspecify.annotations.Nullable;

/**
 * A message whose content is read when somebody first asks for its {@link #details()}: an event nobody looks into costs
 * nothing. Asking for the {@link #note()} is looking.
 *
 * <p>Texts that are not there are empty and numbers 0. If the content cannot be read, the details hold what the
 * envelope says, the note says what is missing, and everything is in {@link #raw()}.
 *
 * @param <D> what the kind has to say
 */
public sealed interface DetailedMessage<D extends Record> extends Message
        permits MediaMessage, PlaceMessage, PeopleMessage, AppMessage, QuotingMessage, MoneyMessage, SystemMessage {
    Lazily<D> lazily();

    default D details() {
        return lazily().value();
    }

    @Override
    default @Nullable String note() {
        return lazily().note();
    }
}
