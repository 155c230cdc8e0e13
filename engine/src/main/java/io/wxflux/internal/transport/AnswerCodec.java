package io.wxflux.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's HTTP/1 for GET and POST, in place of the one Reactor Netty puts into the channel: that one does not tell whether
 * it has begun on something from which no message has come yet. Half an answer behind a whole one would become the
 * beginning of the next request's answer.
 */
final class AnswerCodec extends CombinedChannelDuplexHandler<AnswerCodec.Decoder, HttpRequestEncoder> {
    private static final int LONGEST_LINE = 4 * 1024;
    private static final int LARGEST_HEADERS = 32 * 1024;

    AnswerCodec() {
        super(
                new Decoder(new HttpDecoderConfig()
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS)),
                new HttpRequestEncoder());
    }

    /** Whether something came from which no message has been made so far. */
    boolean hasBegun() {
        return inboundHandler().hasBegun();
    }

    static final class Decoder extends HttpResponseDecoder {
        /** Lines are taken out of the buffer as they come, the head is passed on at its end. */
        private boolean inHead;

        Decoder(HttpDecoderConfig config) {
            super(config);
        }

        boolean hasBegun() {
            return inHead || actualReadableBytes() > 0;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) throws Exception {
            int before = out.size();
            super.decode(ctx, buffer, out);
            for (int i = before; i < out.size(); i++) {
                inHead &= !(out.get(i) instanceof HttpResponse);
            }
        }

        @Override
        protected HttpMessage createMessage(String[] initialLine) {
            HttpMessage head = super.createMessage(initialLine);
            inHead = true;
            return head;
        }

        /** Netty takes "Content-Length 5" for a header without a value; blanks before the colon do occur. */
        @Override
        protected AsciiString splitHeaderName(byte[] line, int start, int length) {
            int i = start + length;
            while (i < line.length && (line[i] == ' ' || line[i] == '\t')) {
                i++;
            }
            if (i == line.length || line[i] != ':') {
                throw new IllegalArgumentException("a header without a colon");
            }
            return super.splitHeaderName(line, start, length);
        }
    }
}
