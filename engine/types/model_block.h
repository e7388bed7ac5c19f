// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelBlock: operators between two activations of one shape, which a model can do without: what
// LayerKnobs::dropBlock leaves out. transform/channels/blocks.h finds them.

#include <cstdint>
#include <string>

namespace types {

struct ModelBlock {
    int32_t last = 0;  ///< index of its last operator in the model as opened, which names the block
    std::string name;  ///< "#1 CONV_2D to #3 ADD"
    int32_t ops = 0;   ///< number of its operators
    int64_t macs = 0;
    int64_t weightBytes = 0;

    bool operator==(const ModelBlock&) const = default;
};

}  // namespace types
