// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/path_prior.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Prior spread of one term of a known row, and of the whole row, as shares.
constexpr double kTermSpread = 0.3, kRowSpread = 1.0;
/// Prior spread of a loop that costs nothing in the known row, in cycles.
constexpr double kFreeTermCycles = 1;
/// Weak pull to zero without a known row, as a share of the column's weight.
constexpr double kRidge = 1e-4;
/// Prior spread of a loop that neither a layer nor a known row has run, in cycles per trip.
constexpr double kUnseenCycles = 50;
/// Prior spread between neighbouring variants of one loop, as a share.
constexpr double kVariantSpread = 0.2;
/// Pulls variants of one loop towards their neighbours. Their size is estimated from the layers: if
/// the loop were the only one, its cycles would be one over its share.
void addVariants(MatrixXd& precision, const KernelTerms& layout, const MatrixXd& relative) {
    const Index first = static_cast<Index>(layout.firstVariant);
    const Index count = static_cast<Index>(layout.lastVariant) - first;
    if (count < 2 || relative.rows() == 0) return;
    const double trips = relative.middleCols(first, count).rowwise().sum().mean();
    const double pull = trips * kTypicalResidual / kVariantSpread;
    for (Index j = first; j + 1 < first + count; ++j) {
        precision(j, j) += pull * pull;
        precision(j + 1, j + 1) += pull * pull;
        precision(j, j + 1) -= pull * pull;
        precision(j + 1, j) -= pull * pull;
    }
}

/// Uncertainty of a term in the known row itself, in cycles: large where the layers that it was
/// fitted to did not run that loop.
double doubtOf(const types::KernelCost& known, size_t term) {
    const size_t diagonal = term * (term + 1) / 2 + term;
    if (diagonal >= known.inverse.size()) return 0;
    return std::min(kUnseenCycles, kTypicalResidual * std::sqrt(known.inverse[diagonal]));
}

}  // namespace

const types::KernelCost* knownRow(const types::DeviceProfile* profile, const std::string& path,
                                  const std::string& dtype) {
    if (!profile) return nullptr;
    for (const types::KernelCost& row : profile->kernels)
        if (row.kernel == path && row.dtype == dtype && !row.inverse.empty()) return &row;
    return nullptr;
}

Prior priorOfNothing(const KernelTerms& layout, const MatrixXd& relative) {
    const Index terms = static_cast<Index>(layout.size);
    Prior prior{VectorXd::Zero(terms), MatrixXd::Zero(terms, terms)};
    for (Index j = 0; j < terms; ++j) {
        const double weight = relative.rows() > 0 ? relative.col(j).norm() : 0;
        const double pull = weight > 0 ? kRidge * weight : kTypicalResidual / kUnseenCycles;
        prior.precision(j, j) = pull * pull;
    }
    addVariants(prior.precision, layout, relative);
    return prior;
}

Prior priorOfRow(const KernelTerms& layout, const types::KernelCost& known, double scale) {
    const Index terms = static_cast<Index>(layout.size);
    Prior prior{VectorXd::Zero(terms), MatrixXd::Zero(terms, terms)};
    VectorXd doubt = VectorXd::Constant(terms, kUnseenCycles);
    for (Index j = 0; j < terms; ++j)
        for (size_t k = 0; k < known.terms.size(); ++k)
            if (known.terms[k].term == layout.terms[static_cast<size_t>(j)].name.text) {
                prior.value[j] = scale * known.terms[k].cycles;
                doubt[j] = scale * doubtOf(known, k);
            }
    MatrixXd covariance = kRowSpread * kRowSpread * prior.value * prior.value.transpose();
    for (Index j = 0; j < terms; ++j) {
        const double spread = std::max(kFreeTermCycles, kTermSpread * prior.value[j]);
        covariance(j, j) += spread * spread + doubt[j] * doubt[j];
    }
    prior.precision = kTypicalResidual * kTypicalResidual *
                      covariance.ldlt().solve(MatrixXd::Identity(terms, terms));
    return prior;
}

}  // namespace cost
