// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/path_prior.h"

#include <algorithm>
#include <cmath>

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// How far one term of a known row may be off, and the whole row, as shares.
constexpr double kTermSpread = 0.3, kRowSpread = 1.0;
/// Cycles that a loop may cost although the known row has it for free.
constexpr double kFreeTermCycles = 1;
/// A weak pull to zero, as a share of the column's weight, where nothing is known.
constexpr double kRidge = 1e-4;
/// Cycles a trip, within which a loop lies that no layer and no known row has shown.
constexpr double kUnseenCycles = 50;
/// How far neighbouring variants of one loop may differ, as a share.
constexpr double kVariantSpread = 0.2;
/// Draws variants of one loop to their neighbours. Their size is guessed from the layers: were the
/// loop all there is, its cycles would be one over its share.
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

/// How many cycles the known row itself may be off in a term: much, where the layers that it was
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
