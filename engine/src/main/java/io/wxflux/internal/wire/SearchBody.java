package io.wxflux.internal.wire;

import io.wxflux.model.Concealed;
import io.wxflux.model.FoundPerson;
import io.wxflux.model.UserName;
import java.util.ArrayList;
import java.util.List;

/** The answer of webwxsearchcontact (PROTOCOL 12.4). Unless {@code ret} is 0 nobody was found. */
public record SearchBody(int ret, List<FoundPerson> people) {
    private static final int MOST_PEOPLE = 1_000;

    public SearchBody {
        people = List.copyOf(people);
    }

    public static SearchBody parse(byte[] body) {
        return JsonReader.read("webwxsearchcontact", body, SearchBody::read);
    }

    private static SearchBody read(JsonReader in) {
        BaseResponse base = null;
        List<FoundPerson> people = List.of();
        int seen = in.mark();
        for (String name = in.nextName(seen); name != null; name = in.nextName(seen)) {
            switch (name) {
                case "BaseResponse" -> base = BaseResponse.read(in);
                case "List" -> people = found(in);
                default -> in.skip();
            }
        }
        int ret = BaseAnswer.required(base, in).ret();
        return new SearchBody(ret, ret == 0 ? people : List.of());
    }

    private static List<FoundPerson> found(JsonReader in) {
        List<FoundPerson> people = new ArrayList<>();
        if (in.enterArray()) {
            while (in.nextObject()) {
                String handle = "";
                UserName userName = UserName.NONE;
                String nickName = "";
                int verifyFlag = 0;
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    switch (name) {
                        case "EncryUserName" -> handle = in.text();
                        case "UserName" -> userName = UserName.of(in.text());
                        case "NickName" -> nickName = ContentText.decodeName(in.text());
                        case "VerifyFlag" -> verifyFlag = in.intNumber(0);
                        default -> in.skip();
                    }
                }
                // Somebody without a name of either kind can be asked nothing.
                if ((!handle.isEmpty() || !userName.isEmpty()) && people.size() < MOST_PEOPLE) {
                    people.add(new FoundPerson(Concealed.of(handle), userName, nickName, verifyFlag));
                }
            }
        }
        return people;
    }

    @Override
    public String toString() {
        return "SearchBody[ret " + ret + ", " + people.size() + " people]";
    }
}
