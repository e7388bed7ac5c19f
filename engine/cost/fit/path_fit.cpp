// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/path_fit.h"

#include <algorithm>
#include <cmath>

#include "cost/band.h"
#include "cost/fit/band_fit.h"
#include "cost/fit/path_prior.h"
#include "cost/terms/fingerprint.h"

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Rows of trip counts / cycles, one per layer.
MatrixXd relativeTrips(const std::vector<const Observation*>& layers, Index terms,
                       KernelLibrary kernels) {
    MatrixXd rows(static_cast<Index>(layers.size()), terms);
    for (size_t i = 0; i < layers.size(); ++i)
        rows.row(static_cast<Index>(i)) = vectorOf(kernelTerms(layers[i]->workload, kernels));
    return rows;
}

}  // namespace

VectorXd vectorOf(const KernelTerms& trips) {
    VectorXd vector(static_cast<Index>(trips.size));
    for (size_t j = 0; j < trips.size; ++j)
        vector[static_cast<Index>(j)] = trips.terms[j].count;
    return vector;
}

double PathFit::cycles(const KernelTerms& trips) const {
    return vectorOf(trips).dot(coefficients);
}

double PathFit::leverage(const KernelTerms& trips) const {
    const double total = cycles(trips);
    if (!(total > 0)) return 0;
    const VectorXd relative = vectorOf(trips) / total;
    return std::max(0.0, relative.dot(inverse * relative));
}

double PathFit::relativeBand(const KernelTerms& trips) const {
    const double total = cycles(trips), h = leverage(trips);
    double near = band;
    if (termErrors.size() > 0 && total > 0)
        near = vectorOf(trips).cwiseProduct(coefficients).dot(termErrors) / total;
    const double far =
        std::max(farShare(h, static_cast<double>(terms.size()), layers), farBySize(total, largest));
    return cost::relativeBand(near, h, far);
}

// The minimum exists and is unique whatever the layers: the precision of either prior is positive
// definite, so the normal matrix is, too, also with fewer layers than terms or with none. Costs
// O(layers x terms^2), and a solve of O(terms^3) for each change of the active set, of which there
// are about as many as terms (a dozen or two).
PathFit fitPath(const PathLayers& layers, KernelLibrary kernels, const types::KernelCost* known,
                double scale) {
    const Index count = static_cast<Index>(layers.fitted.size());
    const MatrixXd rows =
        relativeTrips(layers.fitted, static_cast<Index>(layers.layout.size), kernels);
    VectorXd cycles(count), weights(count);
    for (Index i = 0; i < count; ++i) {
        cycles[i] = layers.fitted[static_cast<size_t>(i)]->cycles;
        weights[i] = layers.fitted[static_cast<size_t>(i)]->weight;
    }
    const Prior prior =
        known ? priorOfRow(layers.layout, *known, scale)
              : priorOfNothing(layers.layout, cycles.cwiseInverse().asDiagonal() * rows);
    const LeastSquares solved = solveRelative(rows, cycles, weights, prior);
    PathFit fit;
    fit.path = layers.layout.path.text;
    fit.dtype = layers.dtype;
    for (const KernelTerms::Term& term : layers.layout)
        fit.terms.emplace_back(term.name.text);
    fit.coefficients = solved.coefficients;
    fit.inverse = solved.inverse;
    fit.layers = static_cast<int32_t>(layers.fitted.size());
    fit.largest = count > 0 ? cycles.maxCoeff() : 0;
    fitBand(fit, scoresOf(fit, solved, layers, kernels));
    return fit;
}

types::KernelCost rowOf(const PathFit& fit, KernelLibrary kernels, const std::string& source) {
    types::KernelCost row;
    row.kernel = fit.path;
    row.dtype = fit.dtype;
    for (size_t j = 0; j < fit.terms.size(); ++j)
        row.terms.push_back({fit.terms[j], fit.coefficients[static_cast<Index>(j)]});
    for (Index i = 0; i < fit.inverse.rows(); ++i)
        for (Index j = 0; j <= i; ++j)
            row.inverse.push_back(fit.inverse(i, j));
    row.relativeError = fit.band;
    row.termErrors.assign(fit.termErrors.begin(), fit.termErrors.end());
    row.layers = fit.layers;
    row.largest = fit.largest;
    row.loops = termsFingerprint(fit.path, fit.dtype, kernels);
    row.source = source;
    return row;
}

}  // namespace cost
