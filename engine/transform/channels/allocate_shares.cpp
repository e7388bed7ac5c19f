// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/allocate_shares.h"

#include <algorithm>
#include <cmath>

namespace transform {

using types::Result;

namespace {

/// Shares are multiples of a sixteenth, at most three quarters.
constexpr int kShareGrid = 16, kMostGridSteps = 12;
/// Exponents of the distance. What groups lose adds up to more than the sum, so that spreading the
/// loss is better than a single curve tells.
constexpr double kLeastPower = 2, kMostPower = 4;
constexpr int kDoublings = 40, kHalvings = 12;

/// One group alone.
struct Curve {
    int32_t layer = 0;
    double half = 0;  ///< distance where half of the channels are gone
    double power = kLeastPower;
    double saved = 0;  ///< share of the model's MACs that half of the channels save

    double distance(double share) const { return half * std::pow(2 * share, power); }
    /// Step of the least distance minus price of the MACs saved.
    int best(double price) const {
        int least = 0;
        for (int step = 1; step <= kMostGridSteps; ++step)
            if (cost(step, price) < cost(least, price)) least = step;
        return least;
    }

private:
    double cost(int step, double price) const {
        const double share = static_cast<double>(step) / kShareGrid;
        return distance(share) - price * saved * 2 * share;
    }
};

Result<Curve> curveOf(const ShareQuestion& question, int32_t layer) {
    const auto quarter = question.measure({{layer, 0.25}});
    if (!quarter) return tl::unexpected(quarter.error());
    const auto half = question.measure({{layer, 0.5}});
    if (!half) return tl::unexpected(half.error());
    Curve curve;
    curve.layer = layer;
    curve.half = std::max({half->distance, quarter->distance, 1e-6});
    curve.power = std::clamp(std::log2(curve.half / std::max(quarter->distance, 1e-9)), kLeastPower,
                             kMostPower);
    curve.saved = static_cast<double>(question.macs - half->macs) /
                  static_cast<double>(std::max<int64_t>(question.macs, 1));
    return curve;
}

LayerShares sharesAt(const std::vector<Curve>& curves, double price) {
    LayerShares shares;
    for (const Curve& curve : curves)
        if (const int step = curve.best(price); step > 0)
            shares[curve.layer] = static_cast<double>(step) / kShareGrid;
    return shares;
}

/// The least price per MAC that leaves the wanted MACs.
Result<double> leastPrice(const ShareQuestion& question, const std::vector<Curve>& curves) {
    const auto leaves = [&](double price) -> Result<bool> {
        const auto macs = question.count(sharesAt(curves, price));
        if (!macs) return tl::unexpected(macs.error());
        return *macs <= question.wanted;
    };
    double high = 1e-3;
    for (int i = 0;; ++i, high *= 2) {
        const auto enough = leaves(high);
        if (!enough) return tl::unexpected(enough.error());
        if (*enough) break;
        if (i == kDoublings)
            return types::fail("no shares leave so few MACs", "pruning", "prune less");
    }
    double low = high / 2;
    for (int i = 0; i < kHalvings; ++i) {
        const double price = (low + high) / 2;
        const auto enough = leaves(price);
        if (!enough) return tl::unexpected(enough.error());
        (*enough ? high : low) = price;
    }
    return high;
}

/// Takes single steps back where room is left, the dearest first.
Result<LayerShares> filled(const ShareQuestion& question, const std::vector<Curve>& curves,
                           LayerShares shares) {
    std::vector<std::pair<double, int32_t>> dearest;
    for (const Curve& curve : curves)
        if (const auto share = shares.find(curve.layer); share != shares.end())
            dearest.emplace_back(
                -(curve.distance(share->second) - curve.distance(share->second - 1.0 / kShareGrid)),
                curve.layer);
    std::ranges::sort(dearest);
    for (const auto& [slope, layer] : dearest) {
        LayerShares fewer = shares;
        fewer[layer] -= 1.0 / kShareGrid;
        if (fewer[layer] <= 0) fewer.erase(layer);
        const auto macs = question.count(fewer);
        if (!macs) return tl::unexpected(macs.error());
        if (*macs <= question.wanted) shares = std::move(fewer);
    }
    return shares;
}

}  // namespace

Result<LayerShares> allocateShares(const ShareQuestion& question) {
    std::vector<Curve> curves;
    for (const int32_t layer : question.layers) {
        auto curve = curveOf(question, layer);
        if (!curve) return tl::unexpected(curve.error());
        if (curve->saved > 0) curves.push_back(*curve);
    }
    const auto price = leastPrice(question, curves);
    if (!price) return tl::unexpected(price.error());
    return filled(question, curves, sharesAt(curves, *price));
}

}  // namespace transform
