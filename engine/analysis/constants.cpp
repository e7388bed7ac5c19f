// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/constants.h"

#include <algorithm>

namespace analysis {
namespace {

constexpr int64_t kFar = int64_t{1} << 40;

template <typename Element>
std::vector<int64_t> elementsAs(const types::Bytes& bytes, size_t count) {
    std::vector<int64_t> result(count);
    for (size_t i = 0; i < count; ++i) {
        Element element;
        std::memcpy(&element, bytes.data() + i * sizeof element, sizeof element);
        result[i] = std::clamp(static_cast<int64_t>(element), -kFar, kFar);
    }
    return result;
}

}  // namespace

std::optional<std::vector<int64_t>> constantInts(const types::Graph& graph, int32_t tensor) {
    if (tensor < 0) return std::nullopt;
    const types::Tensor& t = graph.tensor(tensor);
    const types::Bytes& bytes = graph.constantData(tensor);
    const auto count = static_cast<size_t>(t.elements());
    if (count == 0) return std::vector<int64_t>();
    if (bytes.empty() || t.isSparse || bytes.size() < static_cast<size_t>(t.bytes()))
        return std::nullopt;
    switch (t.type) {
        case types::DataType::Int8:
            return elementsAs<int8_t>(bytes, count);
        case types::DataType::Bool:
        case types::DataType::UInt8:
            return elementsAs<uint8_t>(bytes, count);
        case types::DataType::Int16:
            return elementsAs<int16_t>(bytes, count);
        case types::DataType::Int32:
            return elementsAs<int32_t>(bytes, count);
        case types::DataType::Int64:
            return elementsAs<int64_t>(bytes, count);
        default:
            return std::nullopt;
    }
}

}  // namespace analysis
