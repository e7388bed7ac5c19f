// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/band_fit.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "cost/band.h"

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Share of layers that a band covers, and the least share of the fitted ones alone.
constexpr double kCovered = 0.91, kLeastCovered = 0.9;
/// Least band of fits to few layers.
constexpr double kFewLayersBand = 0.05;
constexpr size_t kFewLayers = 10;
constexpr double kMostBand = 10;
/// Fewer layers do not tell the terms' errors apart.
constexpr size_t kLeastForTerms = 20;
/// A layer that alone determines a coefficient has leverage 1; at least this much remains.
constexpr double kLeastRest = 0.02;
/// Weight of the pull of the terms' errors towards their mean, as a share of that of the layers.
constexpr double kPull = 0.05;
/// Larger errors count as this multiple of the mean, so that one layer does not decide.
constexpr double kMostError = 6;
/// Least error of a term, as a share of the mean.
constexpr double kLeastTermError = 0.25;

VectorXd sharesOf(const PathFit& fit, const KernelTerms& trips) {
    const VectorXd parts = vectorOf(trips).cwiseProduct(fit.coefficients);
    const double sum = parts.sum();
    return sum > 0 ? VectorXd(parts / sum) : VectorXd::Zero(parts.size());
}

double meanError(const std::vector<BandScore>& scores) {
    double sum = 0, weight = 0;
    for (const BandScore& score : scores) {
        sum += score.weight * score.error;
        weight += score.weight;
    }
    return weight > 0 ? sum / weight : 0;
}

/// Expected errors of the terms (band_fit.h).
VectorXd expectedErrors(const std::vector<BandScore>& scores, Index terms) {
    const double mean = meanError(scores);
    if (scores.size() < kLeastForTerms || !(mean > 0)) return VectorXd::Constant(terms, mean);
    MatrixXd normal = MatrixXd::Zero(terms, terms);
    VectorXd right = VectorXd::Zero(terms);
    double weight = 0;
    for (const BandScore& score : scores) {
        normal += score.weight * score.shares * score.shares.transpose();
        right += score.weight * std::min(score.error, kMostError * mean) * score.shares;
        weight += score.weight;
    }
    const double pull = kPull * weight / static_cast<double>(terms);
    normal.diagonal().array() += pull;
    right.array() += pull * mean;
    return solveNonNegative(normal, right).cwiseMax(kLeastTermError * mean);
}

/// The factor of the expected errors that covers this share of the layers by weight. The score of
/// one more layer of the same kind has any rank among them with equal probability, which counts it
/// as one more layer.
double factorOf(std::span<const BandScore> scores, const VectorXd& expected, double share) {
    std::vector<std::pair<double, double>> ratios;  // ratio, weight
    double all = 1;
    for (const BandScore& score : scores) {
        const double error = score.shares.dot(expected);
        if (error > 0) ratios.emplace_back(score.error / error, score.weight);
        all += score.weight;
    }
    std::sort(ratios.begin(), ratios.end());
    double reached = 0;
    for (const auto& [ratio, weight] : ratios) {
        reached += weight;
        if (reached + weight / 2 >= share * all) return ratio;
    }
    return ratios.empty() ? 1 : ratios.back().first;
}

}  // namespace

std::vector<BandScore> scoresOf(const PathFit& fit, const LeastSquares& solved,
                                const PathLayers& layers, KernelLibrary kernels) {
    const double terms = static_cast<double>(fit.terms.size()), count = fit.layers;
    std::vector<BandScore> scores;
    for (size_t i = 0; i < layers.fitted.size(); ++i) {
        const Index at = static_cast<Index>(i);
        const double rest = std::max(kLeastRest, 1 - solved.leverages[at]);
        const double leverage = solved.leverages[at] / rest;
        // A band is a share of the prediction, a residual one of the measured value.
        const double residual = solved.residuals[at] / rest;
        scores.push_back({sharesOf(fit, kernelTerms(layers.fitted[i]->workload, kernels)),
                          nearBandFor(std::abs(residual) / std::max(kLeastRest, 1 + residual),
                                      leverage, farShare(leverage, terms, count)),
                          1});
    }
    const double weight =
        std::min(1.0, count / std::max(1.0, static_cast<double>(layers.heldOut.size())));
    for (const Observation* layer : layers.heldOut) {
        const KernelTerms trips = kernelTerms(layer->workload, kernels);
        const double predicted = fit.cycles(trips), leverage = fit.leverage(trips);
        if (!(predicted > 0)) continue;
        scores.push_back({sharesOf(fit, trips),
                          nearBandFor(std::abs(1 - layer->cycles / predicted), leverage,
                                      std::max(farShare(leverage, terms, count),
                                               farBySize(predicted, fit.largest))),
                          weight});
    }
    return scores;
}

void fitBand(PathFit& fit, const std::vector<BandScore>& scores) {
    const VectorXd expected = expectedErrors(scores, static_cast<Index>(fit.terms.size()));
    const std::span all(scores);
    const double factor =
        std::max(factorOf(all, expected, kCovered),
                 factorOf(all.first(static_cast<size_t>(fit.layers)), expected, kLeastCovered));
    fit.band = std::min(kMostBand, factor * meanError(scores));
    if (scores.size() < kFewLayers)
        fit.band = std::max(fit.band, kFewLayersBand);
    else if (scores.size() >= kLeastForTerms)
        fit.termErrors = (factor * expected).cwiseMin(kMostBand);
}

}  // namespace cost
