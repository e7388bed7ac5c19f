// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/path_fit.h"

#include <algorithm>
#include <cmath>

#include "cost/band.h"
#include "cost/fit/path_prior.h"

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Least band of fits to few layers.
constexpr double kFewLayersBand = 0.05;
constexpr size_t kFewLayers = 10;

/// Rows of trip counts / cycles, one per layer.
MatrixXd relativeTrips(const std::vector<const Observation*>& layers, Index terms,
                       KernelLibrary kernels) {
    MatrixXd rows(static_cast<Index>(layers.size()), terms);
    for (size_t i = 0; i < layers.size(); ++i)
        rows.row(static_cast<Index>(i)) = vectorOf(kernelTerms(layers[i]->workload, kernels));
    return rows;
}

/// Band that covers nine in ten layers (path_fit.h): the k-th smallest of n scores, with k = 0.9 (n
/// + 1) rounded up. The score of one more layer of the same kind has any rank among them with equal
/// probability, so the band covers it with probability 0.9 for any distribution of errors. With few
/// layers the band is the largest score.
///
/// A score is the band that a layer would need if a fit without it predicted it. For a quadratic
/// error that residual is exactly r / (1 - h) (Sherman and Morrison); where the fit holds
/// coefficients at 0, this requires that the same ones stay at 0 without the layer. A layer that
/// alone determines a coefficient has h = 1; its h is limited so that 2 % remain.
double bandOf(const LeastSquares& solved) {
    const double terms = static_cast<double>(solved.coefficients.size());
    std::vector<double> scores;
    for (Index i = 0; i < solved.residuals.size(); ++i) {
        const double others = std::max(0.02, 1 - solved.leverages[i]);
        scores.push_back(nearBandFor(std::abs(solved.residuals[i]) / others,
                                     solved.leverages[i] / others, terms,
                                     static_cast<double>(solved.residuals.size())));
    }
    std::sort(scores.begin(), scores.end());
    const double n = static_cast<double>(scores.size());
    const double rank = std::ceil(0.9 * (n + 1));
    const double band = scores.empty() ? 0 : scores[static_cast<size_t>(std::min(n, rank)) - 1];
    return scores.size() < kFewLayers ? std::max(band, kFewLayersBand) : band;
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
    return cost::relativeBand(band, leverage(trips), static_cast<double>(terms.size()), layers);
}

// The minimum exists and is unique whatever the layers: the precision of either prior is positive
// definite, so the normal matrix is, too, also with fewer layers than terms or with none. Costs
// O(layers x terms^2), and a solve of O(terms^3) for each change of the active set, of which there
// are about as many as terms (a dozen or two).
PathFit fitPath(const std::vector<const Observation*>& layers, const KernelTerms& layout,
                const std::string& dtype, KernelLibrary kernels, const types::KernelCost* known,
                double scale) {
    const Index count = static_cast<Index>(layers.size());
    const MatrixXd rows = relativeTrips(layers, static_cast<Index>(layout.size), kernels);
    VectorXd cycles(count), weights(count);
    for (Index i = 0; i < count; ++i) {
        cycles[i] = layers[static_cast<size_t>(i)]->cycles;
        weights[i] = layers[static_cast<size_t>(i)]->weight;
    }
    const Prior prior = known ? priorOfRow(layout, *known, scale)
                              : priorOfNothing(layout, cycles.cwiseInverse().asDiagonal() * rows);
    const LeastSquares solved = solveRelative(rows, cycles, weights, prior);
    PathFit fit;
    fit.path = layout.path.text;
    fit.dtype = dtype;
    for (const KernelTerms::Term& term : layout)
        fit.terms.emplace_back(term.name.text);
    fit.coefficients = solved.coefficients;
    fit.inverse = solved.inverse;
    fit.band = bandOf(solved);
    fit.layers = static_cast<int32_t>(layers.size());
    for (const Observation* layer : layers)
        fit.fittedTo.push_back(fingerprintOf(layer->workload));
    std::sort(fit.fittedTo.begin(), fit.fittedTo.end());
    return fit;
}

types::KernelCost rowOf(const PathFit& fit, const std::string& source) {
    types::KernelCost row;
    row.kernel = fit.path;
    row.dtype = fit.dtype;
    for (size_t j = 0; j < fit.terms.size(); ++j)
        row.terms.push_back({fit.terms[j], fit.coefficients[static_cast<Index>(j)]});
    for (Index i = 0; i < fit.inverse.rows(); ++i)
        for (Index j = 0; j <= i; ++j)
            row.inverse.push_back(fit.inverse(i, j));
    row.relativeError = fit.band;
    row.layers = fit.layers;
    row.fittedTo = fit.fittedTo;
    row.source = source;
    return row;
}

}  // namespace cost
