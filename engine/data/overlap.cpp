// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/overlap.h"

#include <string_view>
#include <unordered_set>

namespace data {
namespace {

std::string_view contentOf(const Sample& sample) {
    const auto bytes = sample.bytes.view();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::vector<int32_t> unseenBy(const Dataset& learned, const Dataset& judged) {
    std::unordered_set<std::string_view> seen;
    for (const Sample& sample : judged.samples)
        seen.insert(contentOf(sample));
    std::vector<int32_t> kept;
    for (size_t i = 0; i < learned.samples.size(); ++i)
        if (!seen.contains(contentOf(learned.samples[i]))) kept.push_back(static_cast<int32_t>(i));
    return kept;
}

uint64_t contentHash(const Sample& sample) {
    uint64_t hash = 0xcbf29ce484222325;
    for (const uint8_t byte : sample.bytes.view())
        hash = (hash ^ byte) * 0x100000001b3;
    return hash;
}

std::vector<int32_t> unseenBy(const Dataset& dataset, const std::vector<uint64_t>& hashes) {
    const std::unordered_set<uint64_t> seen(hashes.begin(), hashes.end());
    std::vector<int32_t> kept;
    for (size_t i = 0; i < dataset.samples.size(); ++i)
        if (!seen.contains(contentHash(dataset.samples[i])))
            kept.push_back(static_cast<int32_t>(i));
    return kept;
}

}  // namespace data
