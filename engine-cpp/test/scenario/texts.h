// Events, orders and books in the words that scenarios use.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "outcry/event.h"
#include "outcry/result.h"
#include "scenario/names.h"

namespace outcry::test {

std::string text_of(RejectCode code);
std::string text_of(CancelReason reason);
std::string text_of(OrderStatus status);
std::string text_of(const Event& event, const Names& names, const Engine& engine);
std::string text_of(const OrderState& order);

}  // namespace outcry::test
