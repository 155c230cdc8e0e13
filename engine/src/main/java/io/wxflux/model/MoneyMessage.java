package io.wxflux.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Money. The web may see it; only a phone can take it. */
public sealed interface MoneyMessage<D extends Record> extends DetailedMessage<D>
        permits MoneyMessage.Transfer, MoneyMessage.RedPacket {
    /** App message 2000: money sent to one person. */
    record Transfer(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements MoneyMessage<Transfer.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.TRANSFER;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A transfer.
         *
         * @param description what the service says to those who cannot see more
         * @param amount with its currency, as the service writes it
         * @param step what happened to it
         * @param subType the service's number of that
         * @param memo what the sender wrote
         * @param transferId the same in all messages about it
         * @param transactionId of the bank
         * @param begun when it was sent; null when not told
         * @param expires when it goes back; null when not told
         * @param payer lasting id; empty when not told
         * @param receiver lasting id; empty when not told
         */
        public record Details(
                String description,
                String amount,
                Step step,
                int subType,
                String memo,
                String transferId,
                String transactionId,
                @Nullable Instant begun,
                @Nullable Instant expires,
                String payer,
                String receiver) {}

        /** What happened to the money. Only the first two were ever seen; other numbers are told as they are. */
        public enum Step {
            PENDING,
            ACCEPTED,
            OTHER
        }
    }

    /** App message 2001, or a text with that type: money as a gift. Mostly only a system notice comes. */
    record RedPacket(MessageHeader header, Lazily<Details> lazily, RawMessage raw)
            implements MoneyMessage<RedPacket.Details> {
        @Override
        public MessageKind kind() {
            return MessageKind.RED_PACKET;
        }

        @Override
        public String toString() {
            return Message.described(this);
        }

        /**
         * A gift.
         *
         * @param title its sort
         * @param description what the service says to those who cannot see more
         * @param greeting what the sender wrote
         * @param paymentId the same in all messages about it
         * @param expires when it goes back; null when not told
         */
        public record Details(
                String title,
                String description,
                String greeting,
                String paymentId,
                @Nullable Instant expires) {}
    }
}
