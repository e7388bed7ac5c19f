// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to Network: where gradients of activations lie. A gradient lives from the operator that
// reads the activation last to the one that writes it, on one worker; gradients that do not live
// together share memory, so that the whole arena of a worker stays in its cache.

#include "learning/network_plan.h"

namespace learning {

/// By tensor, first float of one sample's gradient, in floats per sample; and the size of the
/// arena.
struct GradientPlaces {
    std::vector<size_t> places;
    size_t arena = 0;
};

/// `apart`: tensors whose gradients have memory of their own.
GradientPlaces placeGradients(const types::Graph& graph, const NetworkPlan& plan,
                              const std::set<int32_t>& apart);

}  // namespace learning
