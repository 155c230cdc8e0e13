package io.wxflux.internal.wire;

import java.util.List;

/**
 * The answer of webwxbatchgetcontact (PROTOCOL 7.2): perhaps fewer than asked for, in any order. Unless {@code ret} is
 * 0 there are none.
 */
public record BatchContacts(int ret, List<ContactPatch> contacts) {
    public BatchContacts {
        contacts = List.copyOf(contacts);
    }

    public static BatchContacts parse(byte[] body) {
        return JsonReader.read("webwxbatchgetcontact", body, BatchContacts::read);
    }

    private static BatchContacts read(JsonReader in) {
        BaseResponse base = null;
        List<ContactPatch> contacts = List.of();
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "ContactList" -> contacts = Contacts.readList(in);
                default -> in.skip();
            }
        }
        int ret = BaseAnswer.required(base, in).ret();
        return new BatchContacts(ret, ret == 0 ? contacts : List.of());
    }

    @Override
    public String toString() {
        return "BatchContacts[ret " + ret + ", " + contacts.size() + " contacts]";
    }
}
