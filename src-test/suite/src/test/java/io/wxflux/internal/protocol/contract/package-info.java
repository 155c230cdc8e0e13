/** Each step of the protocol over real HTTPS: what exactly goes out, and what each shape of answer becomes. */
package io.wxflux.internal.protocol.contract;
