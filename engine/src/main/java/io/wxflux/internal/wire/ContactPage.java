package io.wxflux.internal.wire;

import java.util.List;

/**
 * A page of webwxgetcontact (PROTOCOL 7.1). Unless {@code ret} is 0 there are no contacts.
 *
 * @param seq an opaque cursor: unless it is 0, ask again with it
 */
public record ContactPage(int ret, List<ContactPatch> contacts, long seq) {
    public ContactPage {
        contacts = List.copyOf(contacts);
    }

    public static ContactPage parse(byte[] body) {
        return JsonReader.read("webwxgetcontact", body, ContactPage::read);
    }

    private static ContactPage read(JsonReader in) {
        BaseResponse base = null;
        List<ContactPatch> contacts = List.of();
        long seq = 0;
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "MemberList" -> contacts = Contacts.readList(in);
                case "Seq" -> seq = in.number(0);
                default -> in.skip();
            }
        }
        int ret = BaseAnswer.required(base, in).ret();
        return ret == 0 ? new ContactPage(0, contacts, seq) : new ContactPage(ret, List.of(), 0);
    }

    @Override
    public String toString() {
        return "ContactPage[ret " + ret + ", " + contacts.size() + " contacts, seq " + seq + "]";
    }
}
