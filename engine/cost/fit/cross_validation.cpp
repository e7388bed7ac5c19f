// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/cross_validation.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "cost/fit/baselines.h"

namespace cost {
namespace {

constexpr size_t kFolds = 10;

/// Fold of each layer: round robin over a fixed shuffle (splitmix64).
std::vector<size_t> foldsOf(size_t count) {
    std::vector<size_t> order(count);
    std::iota(order.begin(), order.end(), size_t{0});
    uint64_t state = 1;
    for (size_t i = count; i > 1; --i) {
        uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        std::swap(order[i - 1], order[(z ^ (z >> 31)) % i]);
    }
    std::vector<size_t> folds(count);
    for (size_t i = 0; i < count; ++i)
        folds[order[i]] = i % kFolds;
    return folds;
}

Residual residualOf(const Observation& layer) {
    Residual residual;
    residual.op = types::opName(layer.workload.kind);
    residual.family = familyOf(layer.workload);
    residual.measured = layer.cycles;
    return residual;
}

/// Predicts `hidden` from `seen`; skips layers whose path was not fitted.
void predictHidden(const std::vector<const Observation*>& seen,
                   const std::vector<const Observation*>& hidden, const FitOptions& options,
                   std::vector<Residual>& residuals) {
    const DeviceFit fit = fitDevice(seen, options);
    for (const Observation* layer : hidden) {
        const KernelTerms trips = kernelTerms(layer->workload, options.kernels);
        const PathFit* path = fit.pathOf(trips, costType(layer->workload));
        if (!path || path->layers == 0) continue;
        Residual residual = residualOf(*layer);
        residual.predicted = path->cycles(trips);
        residual.relativeBand = path->relativeBand(trips);
        residuals.push_back(std::move(residual));
    }
}

struct Split {
    std::vector<const Observation*> seen, hidden;
};

template <typename IsHidden>
Split split(const std::vector<Observation>& layers, IsHidden isHidden) {
    Split parts;
    for (size_t i = 0; i < layers.size(); ++i)
        (isHidden(i) ? parts.hidden : parts.seen).push_back(&layers[i]);
    return parts;
}

}  // namespace

std::vector<Residual> crossValidate(const std::vector<Observation>& layers,
                                    const FitOptions& options, const types::Work& work) {
    const std::vector<size_t> folds = foldsOf(layers.size());
    std::vector<Residual> residuals;
    for (size_t fold = 0; fold < kFolds && !work.isStopped(); ++fold) {
        const Split parts = split(layers, [&](size_t i) { return folds[i] == fold; });
        predictHidden(parts.seen, parts.hidden, options, residuals);
    }
    return residuals;
}

std::vector<Residual> leaveFamiliesOut(const std::vector<Observation>& layers,
                                       const FitOptions& options, const types::Work& work) {
    std::vector<std::string> family;
    for (const Observation& layer : layers)
        family.push_back(familyOf(layer.workload));
    std::vector<Residual> residuals;
    for (const std::string& left : std::set<std::string>(family.begin(), family.end())) {
        if (work.isStopped()) break;
        const Split parts = split(layers, [&](size_t i) { return family[i] == left; });
        predictHidden(parts.seen, parts.hidden, options, residuals);
    }
    return residuals;
}

std::vector<Residual> validateBaseline(const std::vector<Observation>& layers, Baseline baseline) {
    const std::vector<size_t> folds = foldsOf(layers.size());
    std::vector<Residual> residuals;
    for (size_t fold = 0; fold < kFolds; ++fold) {
        const Split parts = split(layers, [&](size_t i) { return folds[i] == fold; });
        const auto predictor = makeBaseline(baseline, parts.seen);
        for (const Observation* layer : parts.hidden) {
            Residual residual = residualOf(*layer);
            residual.predicted = predictor->cycles(layer->workload);
            if (residual.predicted > 0) residuals.push_back(std::move(residual));
        }
    }
    return residuals;
}

}  // namespace cost
