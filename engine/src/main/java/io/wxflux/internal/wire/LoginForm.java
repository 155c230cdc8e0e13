package io.wxflux.internal.wire;

import io.wxflux.model.Contact;
import io.wxflux.model.UserName;

/**
 * Of which login a snapshot of contacts is.
 *
 * @param login tells logins apart; empty for none
 * @param filled the whole address book was read once in this login: from then on changes are told
 * @param self the account's own record
 */
public record LoginForm(String login, boolean filled, Contact self) {
    public static final LoginForm NONE = new LoginForm("", false, Contact.named(UserName.NONE));

    public byte[] encoded() {
        PackedWriter out = ContactForm.start();
        out.text(login).number(filled ? 1 : 0);
        ContactForm.write(out, self);
        return out.toByteArray();
    }

    /** @throws io.wxflux.error.CorruptStoreException when the bytes are damaged or of a newer version */
    public static LoginForm decode(byte[] bytes) {
        var in = new PackedReader("a document of contacts", bytes);
        ContactForm.version(in);
        var form = new LoginForm(in.text(), in.number() != 0, ContactForm.contact(in));
        in.end();
        return form;
    }
}
