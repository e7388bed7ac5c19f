// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/compression/cluster.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "analysis/decode.h"
#include "bytes/number_bytes.h"

namespace transform {
namespace {

using types::DataType;

/// A value and how often it occurs.
struct Weighted {
    double value, count;
};

/// Distinct values in rising order.
std::vector<Weighted> histogram(std::vector<double> values) {
    std::ranges::sort(values);
    std::vector<Weighted> result;
    for (double value : values)
        if (!result.empty() && result.back().value == value)
            ++result.back().count;
        else
            result.push_back({value, 1});
    return result;
}

/// Each distinct value is as likely to be a center as it is frequent.
std::vector<double> firstCenters(const std::vector<Weighted>& values, size_t count) {
    double total = 0;
    for (const Weighted& each : values)
        total += each.count;
    std::vector<double> centers;
    double passed = 0;
    for (const Weighted& each : values) {
        passed += each.count;
        while (centers.size() < count && passed >= total *
                                                       (static_cast<double>(centers.size()) + 0.5) /
                                                       static_cast<double>(count))
            centers.push_back(each.value);
    }
    centers.erase(std::unique(centers.begin(), centers.end()), centers.end());
    return centers;
}

size_t nearest(const std::vector<double>& centers, double value) {
    const auto above = std::ranges::lower_bound(centers, value);
    if (above == centers.begin()) return 0;
    if (above == centers.end()) return centers.size() - 1;
    const bool isLower = value - above[-1] <= above[0] - value;
    return static_cast<size_t>(above - centers.begin()) - (isLower ? 1 : 0);
}

/// Moves each center to the mean of the values that are nearest to it. False: none moved.
bool improve(const std::vector<Weighted>& values, std::vector<double>& centers) {
    std::vector<Weighted> sums(centers.size(), {0, 0});
    for (const Weighted& each : values) {
        Weighted& sum = sums[nearest(centers, each.value)];
        sum.value += each.value * each.count;
        sum.count += each.count;
    }
    std::vector<double> moved;
    for (const Weighted& sum : sums)
        if (sum.count > 0) moved.push_back(sum.value / sum.count);
    if (moved == centers) return false;
    centers = std::move(moved);
    return true;
}

std::vector<double> centersOf(const std::vector<double>& channel, size_t count) {
    constexpr int kRounds = 50;
    const auto values = histogram(channel);
    std::vector<double> centers;
    if (values.size() <= count) {
        for (const Weighted& each : values)
            centers.push_back(each.value);
        return centers;
    }
    centers = firstCenters(values, count);
    for (int round = 0; round < kRounds && improve(values, centers); ++round) {
    }
    const bool hasZero =
        std::ranges::any_of(values, [](const Weighted& w) { return w.value == 0; });
    if (hasZero) centers[nearest(centers, 0)] = 0;
    return centers;
}

template <typename Element>
std::vector<uint8_t> clusteredAs(const analysis::DecodeChannels& channels,
                                 std::span<const uint8_t> data, size_t count) {
    auto elements = bytes::numbersOfBytes<Element>(data);
    std::vector<std::vector<double>> values(channels.count);
    for (size_t i = 0; i < elements.size(); ++i)
        values[channels.of(i, elements.size())].push_back(static_cast<double>(elements[i]));
    std::vector<std::vector<double>> centers;
    for (const auto& channel : values)
        centers.push_back(centersOf(channel, count));
    for (size_t i = 0; i < elements.size(); ++i) {
        const auto& own = centers[channels.of(i, elements.size())];
        const double value = own[nearest(own, static_cast<double>(elements[i]))];
        elements[i] = static_cast<Element>(std::is_integral_v<Element> ? std::round(value) : value);
    }
    return bytes::bytesOfNumbers(elements);
}

bool isFinite(std::span<const uint8_t> data) {
    for (size_t i = 0; i + sizeof(float) <= data.size(); i += sizeof(float)) {
        float value = 0;
        std::memcpy(&value, data.data() + i, sizeof value);
        if (!std::isfinite(value)) return false;
    }
    return true;
}

}  // namespace

std::optional<std::vector<uint8_t>> clustered(const types::Tensor& tensor,
                                              std::span<const uint8_t> data, int32_t bits) {
    const auto channels = analysis::decodeChannels(tensor);
    if (!channels || data.empty()) return std::nullopt;
    const size_t count = size_t{1} << bits;
    switch (tensor.type) {
        case DataType::Int8:
            return clusteredAs<int8_t>(*channels, data, count);
        case DataType::Int16:
            return clusteredAs<int16_t>(*channels, data, count);
        case DataType::Float32:
            if (!isFinite(data)) return std::nullopt;
            return clusteredAs<float>(*channels, data, count);
        default:
            return std::nullopt;
    }
}

}  // namespace transform
