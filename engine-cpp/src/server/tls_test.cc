// Mutual TLS, with certificates that openssl makes for the test.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "server/health_check.h"
#include "server/test_venue.h"

namespace outcry {
namespace {

namespace pb = engine::v1;

class TlsTest : public TestVenue {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(settings_.data_directory);
    make_authority("venue");
    make_authority("other");
    make_certificate("engine", "venue", "IP:127.0.0.1,DNS:localhost");
    make_certificate("api", "venue", "DNS:api");
    make_certificate("stranger", "other", "DNS:stranger");
    make_certificate("printer", "venue", "DNS:printer");
    settings_.tls = {read("engine.crt"), read("engine.key"), read("venue.crt"), {}};
    start(Start::kInit);
  }

  void openssl(const std::string& arguments) {
    const std::string command =
        "cd '" + settings_.data_directory + "' && openssl " + arguments + " >openssl.log 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << read("openssl.log");
  }

  void make_authority(const std::string& name) {
    openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=" +
            name + " -keyout " + name + ".key -out " + name + ".crt");
  }

  void make_certificate(const std::string& name, const std::string& authority,
                        const std::string& subject_alternative_name) {
    std::ofstream(path(name + ".ext")) << "subjectAltName=" << subject_alternative_name << '\n';
    openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name +
            " -keyout " + name + ".key -out " + name + ".csr");
    openssl("x509 -req -days 1 -in " + name + ".csr -CA " + authority + ".crt -CAkey " + authority +
            ".key -CAcreateserial -extfile " + name + ".ext -out " + name + ".crt");
  }

  std::string path(const std::string& file) const { return settings_.data_directory + "/" + file; }

  std::string read(const std::string& file) const {
    std::ifstream stream(path(file), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  std::shared_ptr<grpc::ChannelCredentials> credentials(const std::string& client,
                                                        const std::string& trusted_authority) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = read(trusted_authority + ".crt");
    if (!client.empty()) {
      options.pem_cert_chain = read(client + ".crt");
      options.pem_private_key = read(client + ".key");
    }
    return grpc::SslCredentials(options);
  }

  // What a client with that certificate gets for an answer.
  bool is_served(const std::string& client, const std::string& trusted_authority) {
    TestSession session(port(), credentials(client, trusted_authority));
    return session.ask(define_instrument("AAPL")).has_done();
  }

  // The engine, started again for clients of these names alone.
  void admit(const std::vector<std::string>& names) {
    stop();
    settings_.tls.client_names = names;
    start(Start::kRecover);
  }
};

TEST_F(TlsTest, ServesAClientOfTheVenuesAuthority) {
  EXPECT_TRUE(is_served("api", "venue"));
}

TEST_F(TlsTest, TurnsAwayAClientWithoutACertificate) {
  EXPECT_FALSE(is_served("", "venue"));
}

TEST_F(TlsTest, TurnsAwayAClientOfAnotherAuthority) {
  EXPECT_FALSE(is_served("stranger", "venue"));
}

TEST_F(TlsTest, IsTurnedAwayByAClientThatTrustsAnotherAuthority) {
  EXPECT_FALSE(is_served("api", "other"));
}

TEST_F(TlsTest, SaysThatItServesToItsOwnHealthCheck) {
  settings_.listen = "127.0.0.1:" + std::to_string(port());
  EXPECT_EQ(check_health(settings_), "");
}

TEST_F(TlsTest, TurnsAwayAClientThatSpeaksPlainly) {
  TestSession session(port());
  EXPECT_FALSE(session.ask(define_instrument("AAPL")).has_done());
}

TEST_F(TlsTest, ServesAnyClientOfTheAuthorityWhenNoNamesAreGiven) {
  EXPECT_TRUE(is_served("printer", "venue"));
}

TEST_F(TlsTest, ServesAClientWithOneOfTheNamesThatAreGiven) {
  admit({"projector", "api"});
  EXPECT_TRUE(is_served("api", "venue"));
}

TEST_F(TlsTest, TurnsAwayAClientOfTheAuthorityWithAnotherName) {
  admit({"projector", "api"});
  EXPECT_FALSE(is_served("printer", "venue"));
}

TEST_F(TlsTest, TurnsAwayASubscriberWithAnotherName) {
  admit({"projector"});
  TestSubscription subscription(port(), 0, credentials("api", "venue"));
  EXPECT_EQ(subscription.receive(1).size(), 0U);
  EXPECT_EQ(subscription.finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(TlsTest, FindsANameAmongTheAlternativeOnes) {
  make_certificate("replica-7", "venue", "DNS:api");
  admit({"api"});
  EXPECT_TRUE(is_served("replica-7", "venue"));
}

}  // namespace
}  // namespace outcry
