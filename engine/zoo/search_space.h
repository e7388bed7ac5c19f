// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Search spaces: families of networks that share a backbone and differ in depth, widths, strides
// and input size, like the candidates of a search for small networks. Members are random, int8,
// with random weights; they serve to explore cost.
//
// Sources of the shapes: Zhang et al. 2017, "Hello Edge" (DS-CNN); Sandler et al. 2018
// (MobileNetV2). Source of what varies: Banbury et al. 2021, "MicroNets", section 5.2: widths of
// each block, multiples of 4, and depth by leaving blocks out.
//
// Member `index` of a seed depends on these two numbers alone, on every machine.

#include <optional>
#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace zoo {

enum class SearchSpace {
    DsCnn,        ///< keyword spotting on 49 x 10 features: depthwise separable blocks
    MobileNetV2,  ///< images of 32 to 96 pixels: inverted residual blocks
};

const std::vector<SearchSpace>& searchSpaces();
/// Identifier: "ds-cnn", "mobilenet-v2".
const char* searchSpaceName(SearchSpace space);
/// Display name: "DS-CNN".
const char* searchSpaceTitle(SearchSpace space);
std::optional<SearchSpace> searchSpaceNamed(const std::string& name);

types::Result<types::GraphPtr> drawMember(SearchSpace space, uint64_t seed, int index);

}  // namespace zoo
