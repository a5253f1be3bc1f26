#pragma once

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "server/engine_service.h"
#include "server/settings.h"

namespace outcry {

// The listening port with the engine's service and the standard health service. Public calls: one
// thread.
class GrpcServer {
 public:
  // Throws std::runtime_error when it cannot listen there.
  GrpcServer(const Settings& settings, InputQueue& input, Feed& feed);
  ~GrpcServer();
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  int port() const { return port_; }
  std::size_t sessions() const { return service_.sessions(); }
  std::uint64_t refused() const { return service_.refused(); }

  // From now on health says SERVING, or NOT_SERVING.
  void set_serving(bool serving);

  // Ends sessions that are answered in full.
  void drain() { service_.drain(); }

  // Ends what is still open, within a bounded time. The pipeline and the feed must have stopped.
  void stop();

 private:
  void keep_house();

  EngineService service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;

  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread housekeeper_;
};

}  // namespace outcry
