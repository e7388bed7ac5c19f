// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/fit.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "cost/fit/path_prior.h"
#include "cost/median_of.h"
#include "cost/terms/fingerprint.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::KernelCost;

/// Half width of the band of a row that was measured on another board only.
constexpr double kTakenOverBand = 0.3;
constexpr double kGreatestBand = 1.0;
/// Fewest layers that a path is fitted to without a prior.
constexpr size_t kLeastLayers = 2;

std::map<std::string, PathLayers> pathsOf(const std::vector<const Observation*>& layers,
                                          const FitOptions& options) {
    std::map<std::string, PathLayers> paths;
    const auto pathOf = [&](const Observation& layer) -> PathLayers& {
        const KernelTerms trips = kernelTerms(layer.workload, options.kernels);
        const std::string dtype = costType(layer.workload);
        PathLayers& path = paths[std::string(trips.path.text) + " " + dtype];
        path.layout = trips;
        path.dtype = dtype;
        return path;
    };
    for (const Observation* layer : layers)
        pathOf(*layer).fitted.push_back(layer);
    for (const Observation& layer : options.heldOut)
        pathOf(layer).heldOut.push_back(&layer);
    return paths;
}

double cyclesOf(const KernelCost& row, const KernelTerms& trips) {
    double cycles = 0;
    for (const KernelTerms::Term& term : trips)
        for (const types::TermCost& cost : row.terms)
            if (cost.term == term.name.text) cycles += cost.cycles * term.count;
    return cycles;
}

/// Median over the layers of cycles here / cycles of the prior.
double scaleOf(const std::vector<const Observation*>& layers, const FitOptions& options) {
    std::vector<double> ratios;
    for (const Observation* layer : layers) {
        const KernelTerms trips = kernelTerms(layer->workload, options.kernels);
        const KernelCost* row =
            knownRow(options.prior.get(), trips.path.text, costType(layer->workload));
        const double known = row ? cyclesOf(*row, trips) : 0;
        if (known > 0) ratios.push_back(layer->cycles / known);
    }
    return medianOf(std::move(ratios), 1);
}

/// "CONV_2D" of "CONV_2D/1x1".
std::string opOf(const KernelCost& row) {
    return row.kernel.substr(0, row.kernel.find('/'));
}

std::string twoDigits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

/// The fingerprint of a path's terms here; that of the known row where it was fitted with others.
std::string loopsOf(const KernelCost& known, const DeviceProfile& prior, KernelLibrary kernels) {
    const std::string& there =
        termsFingerprint(known.kernel, known.dtype, kernelLibraryOf(prior.runtime, prior.core));
    return known.loops.empty() || known.loops == there
               ? termsFingerprint(known.kernel, known.dtype, kernels)
               : known.loops;
}

/// A row of the prior, times the factor between the two devices.
KernelCost takenOver(const KernelCost& known, const DeviceProfile& prior, KernelLibrary kernels,
                     double scale) {
    KernelCost row = known;
    for (types::TermCost& term : row.terms)
        term.cycles *= scale;
    for (double& entry : row.inverse)
        entry *= scale * scale;
    row.layers = 0;
    row.largest = 0;
    if (!row.inverse.empty()) row.loops = loopsOf(known, prior, kernels);
    row.termErrors.clear();
    row.relativeError = std::min(kGreatestBand, std::hypot(kTakenOverBand, known.relativeError));
    row.source =
        "not measured here: " + prior.id + " x " + twoDigits(scale) + " (" + known.source + ")";
    return row;
}

}  // namespace

const PathFit* DeviceFit::pathOf(const KernelTerms& trips, const std::string& dtype) const {
    for (const PathFit& fit : paths)
        if (fit.path == trips.path.text && fit.dtype == dtype) return &fit;
    return nullptr;
}

DeviceFit fitDevice(const std::vector<const Observation*>& layers, const FitOptions& options) {
    DeviceFit fit;
    fit.kernels = options.kernels;
    if (options.prior) fit.priorScale = scaleOf(layers, options);
    for (const auto& [name, path] : pathsOf(layers, options)) {
        if (path.fitted.empty()) continue;
        const KernelCost* known = knownRow(options.prior.get(), path.layout.path.text, path.dtype);
        if (!known && path.fitted.size() < kLeastLayers) continue;
        fit.paths.push_back(fitPath(path, options.kernels, known, fit.priorScale));
    }
    return fit;
}

std::vector<KernelCost> rowsOf(const DeviceFit& fit, const FitOptions& options,
                               const std::vector<KernelCost>& base) {
    std::vector<KernelCost> rows;
    const auto has = [&rows](const KernelCost& row) {
        return std::any_of(rows.begin(), rows.end(), [&](const KernelCost& r) {
            return r.kernel == row.kernel && r.dtype == row.dtype;
        });
    };
    for (const PathFit& path : fit.paths)
        rows.push_back(rowOf(path, options.kernels,
                             options.source + ", " + std::to_string(path.layers) +
                                 (path.layers == 1 ? " layer" : " layers")));
    for (const KernelCost& row : base)
        if (!has(row)) rows.push_back(row);
    if (!options.prior) return rows;
    for (const KernelCost& known : options.prior->kernels) {
        // The kernels of the prior may have paths that those here lack.
        if (!known.inverse.empty() &&
            termsFingerprint(known.kernel, known.dtype, options.kernels).empty())
            continue;
        const bool inBase = std::any_of(base.begin(), base.end(), [&](const KernelCost& row) {
            return opOf(row) == opOf(known) && row.dtype == known.dtype;
        });
        if (!inBase && !has(known))
            rows.push_back(takenOver(known, *options.prior, options.kernels, fit.priorScale));
    }
    return rows;
}

}  // namespace cost
