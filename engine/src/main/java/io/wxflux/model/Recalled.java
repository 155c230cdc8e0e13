package io.wxflux.model;

/**
 * The service took a message back.
 *
 * @param introduction what it says about taking back, in the language of the session; empty when it says nothing
 * @param wording what stands in the message's place; empty when it says nothing
 */
public record Recalled(String introduction, String wording) {}
