#include "server/grpc_server.h"

#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/health_check_service_interface.h>
#include <pthread.h>

#include <chrono>
#include <memory>
#include <stdexcept>

namespace outcry {
namespace {

constexpr std::chrono::milliseconds kHousekeeping{100};
constexpr std::chrono::milliseconds kShutdownPatience{1'000};
constexpr int kLeastPingIntervalMs = 5'000;
constexpr int kMostMessageBytes = 16 << 20;

void configure(grpc::ServerBuilder& builder, const KeepaliveSettings& keepalive) {
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                             static_cast<int>(keepalive.interval.count()));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             static_cast<int>(keepalive.timeout.count()));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kLeastPingIntervalMs);
  // Its probes cost a lone command's answer a sixteenth; without them a client may have 64 KiB on
  // the way, a thousand commands, which is enough for 100,000/s from 10 ms away.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  // Two engines must not share a port: which one would be asked?
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(kMostMessageBytes);
}

std::shared_ptr<grpc::ServerCredentials> credentials(const TlsSettings& tls) {
  if (!tls.given()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = tls.client_authority;
  options.pem_key_cert_pairs.push_back({tls.key, tls.certificates});
  return grpc::SslServerCredentials(options);
}

}  // namespace

GrpcServer::GrpcServer(const Settings& settings, InputQueue& input, Feed& feed)
    : service_(settings.session, settings.tls.client_names, input, feed) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  configure(builder, settings.keepalive);
  builder.AddListeningPort(settings.listen, credentials(settings.tls), &port_);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    throw std::runtime_error("cannot listen on " + settings.listen +
                             (settings.tls.given() ? ", or the TLS files do not go together" : ""));
  }
  set_serving(false);
  housekeeper_ = std::thread([this] { keep_house(); });
  pthread_setname_np(housekeeper_.native_handle(), "housekeeper");
}

GrpcServer::~GrpcServer() {
  stop();
}

void GrpcServer::set_serving(bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(serving);
}

void GrpcServer::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  stopped_.notify_all();
  housekeeper_.join();
  server_->Shutdown(std::chrono::system_clock::now() + kShutdownPatience);
  server_->Wait();
}

void GrpcServer::keep_house() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kHousekeeping, [this] { return stopping_; })) {
    lock.unlock();
    service_.keep_house();
    lock.lock();
  }
}

}  // namespace outcry
