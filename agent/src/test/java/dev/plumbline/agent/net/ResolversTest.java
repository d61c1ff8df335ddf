package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolversTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nameserver 10.20.20.1                                            | 10.20.20.1
            nameserver 10.0.0.1;nameserver 10.0.0.2                          | 10.0.0.1,10.0.0.2
            # nameserver 10.0.0.9;nameserver 2001:db8::53                    | 2001:db8::53
            nameserver fe80::1%eth0                                          | fe80::1
            nameserver 1.1.1.1;nameserver 1.1.1.2;nameserver 1.1.1.3;nameserver 1.1.1.4 | 1.1.1.1,1.1.1.2,1.1.1.3
            nameserver not-an-address;search campus.example                  | 127.0.0.1
            ''                                                               | 127.0.0.1
            """)
    void resolversAreReadAsTheCLibraryReadsThem(String file, String addresses) {
        assertThat(Resolvers.parse(file.replace(';', '\n')))
                .extracting(resolver -> Endpoints.text(resolver.getAddress()))
                .containsExactly(addresses.split(","));
    }

    @Test
    void aLinkLocalResolverKeepsItsZone() {
        assertThat(Resolvers.parse("nameserver fe80::1%7").get(0).getAddress())
                .isInstanceOfSatisfying(
                        Inet6Address.class,
                        address -> assertThat(address.getScopeId()).isEqualTo(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            search dept.campus.example campus.example  | dept.campus.example,campus.example
            domain Campus.Example.                     | campus.example
            search a.example;search b.example          | b.example
            search ../etc b.example                    | b.example
            nameserver 10.0.0.1                        | ''
            """)
    void searchDomainsAreReadAsTheCLibraryReadsThem(String file, String domains) {
        assertThat(String.join(",", Resolvers.parseSearch(file.replace(';', '\n'))))
                .isEqualTo(domains);
    }
}
