// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/op_tags.h"

#include <iterator>
#include <map>
#include <set>

#include "importers/parts/text_scan.h"
#include "types/op_kind.h"

namespace importers {

namespace {

const std::set<std::string, std::less<>>& opNames() {
    static const std::set<std::string, std::less<>> names = [] {
        std::set<std::string, std::less<>> all;
        for (int32_t code = 0; code < types::kOpKindCount; ++code)
            all.insert(types::opName(static_cast<types::OpKind>(code)));
        return all;
    }();
    return names;
}

}  // namespace

bool isOpTag(std::string_view tag) {
    return opNames().contains(tag);
}

std::string completedTag(std::string_view tag) {
    constexpr size_t kLeastLength = 12;
    const auto first = opNames().lower_bound(tag);
    if (tag.size() < kLeastLength || first == opNames().end() || !first->starts_with(tag))
        return std::string(tag);
    const auto next = std::next(first);
    const bool isOnly = *first == tag || next == opNames().end() || !next->starts_with(tag);
    return isOnly ? *first : std::string(tag);
}

std::string opTag(std::string_view layerName) {
    // Keras' names; conversion turns a global average pool into MEAN.
    static const std::map<std::string, const char*> known = {
        {"conv2d", "CONV_2D"},
        {"depthwise_conv2d", "DEPTHWISE_CONV_2D"},
        {"depthwiseconv2d", "DEPTHWISE_CONV_2D"},
        {"dense", "FULLY_CONNECTED"},
        {"global_average_pooling2d", "MEAN"},
        {"add", "ADD"},
        {"average_pooling2d", "AVERAGE_POOL_2D"},
        {"softmax", "SOFTMAX"},
        {"max_pooling2d", "MAX_POOL_2D"},
        {"reshape", "RESHAPE"},
        {"flatten", "RESHAPE"},
    };
    const auto found = known.find(lowerCase(layerName));
    return found == known.end() ? std::string(layerName) : found->second;
}

}  // namespace importers
