// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/measure_next.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <map>

#include "cost/fit/path_prior.h"

namespace cost {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// One code path: its uncertainty, and its targets as rows of trip counts / expected cycles.
struct PathState {
    MatrixXd inverse;
    std::vector<VectorXd> targets;
};

class Planner {
public:
    Planner(const std::vector<Workload>& targets, const FitOptions& options)
        : m_options(options), m_targets(targets.size()) {
        for (const Workload& w : targets)
            stateOf(w).targets.push_back(relativeTrips(w));
    }

    /// Decrease of the summed variance of the targets once `w` is measured.
    double gain(const Workload& w) {
        const PathState& state = stateOf(w);
        const VectorXd trips = relativeTrips(w), reached = state.inverse * trips;
        double gained = 0;
        for (const VectorXd& target : state.targets)
            gained += std::pow(target.dot(reached), 2);
        return gained / (1 + trips.dot(reached));
    }

    void measure(const Workload& w) {
        PathState& state = stateOf(w);
        const VectorXd trips = relativeTrips(w), reached = state.inverse * trips;
        state.inverse -= reached * reached.transpose() / (1 + trips.dot(reached));
    }

    /// Root of the mean variance of the targets, as a relative error.
    double expectedError() const {
        double variance = 0;
        for (const auto& [name, state] : m_states)
            for (const VectorXd& target : state.targets)
                variance += target.dot(state.inverse * target);
        return m_targets > 0
                   ? kTypicalResidual * std::sqrt(variance / static_cast<double>(m_targets))
                   : 0;
    }

private:
    KernelTerms tripsOf(const Workload& w) const { return kernelTerms(w, m_options.kernels); }

    /// Trip counts divided by expected cycles; without a known row, by the sum of the trip counts.
    VectorXd relativeTrips(const Workload& w) const {
        const KernelTerms trips = tripsOf(w);
        const auto* known = knownRow(m_options.prior.get(), trips.path.text, costType(w));
        double cycles = 0;
        for (const KernelTerms::Term& term : trips) {
            if (!known) cycles += term.count;
            for (size_t i = 0; known && i < known->terms.size(); ++i)
                if (known->terms[i].term == term.name.text)
                    cycles += known->terms[i].cycles * term.count;
        }
        return vectorOf(trips) / std::max(1.0, cycles);
    }

    PathState& stateOf(const Workload& w) {
        const KernelTerms trips = tripsOf(w);
        const std::string dtype = costType(w);
        const auto [at, isNew] = m_states.try_emplace(std::string(trips.path.text) + " " + dtype);
        if (!isNew) return at->second;
        const auto* known = knownRow(m_options.prior.get(), trips.path.text, dtype);
        const Index terms = static_cast<Index>(trips.size);
        const Prior prior =
            known ? priorOfRow(trips, *known, 1) : priorOfNothing(trips, MatrixXd::Zero(0, terms));
        at->second.inverse = prior.precision.ldlt().solve(MatrixXd::Identity(terms, terms));
        return at->second;
    }

    const FitOptions& m_options;
    std::map<std::string, PathState> m_states;
    size_t m_targets;
};

}  // namespace

std::vector<Advice> measureNext(const std::vector<Workload>& candidates,
                                const std::vector<Workload>& targets,
                                const std::vector<Workload>& measured, const FitOptions& options,
                                size_t count) {
    Planner planner(targets, options);
    for (const Workload& w : measured)
        planner.measure(w);
    std::vector<bool> taken(candidates.size(), false);
    std::vector<Advice> advice;
    while (advice.size() < std::min(count, candidates.size())) {
        size_t best = candidates.size();
        double most = -1;
        for (size_t i = 0; i < candidates.size(); ++i) {
            const double gain = taken[i] ? -1 : planner.gain(candidates[i]);
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        taken[best] = true;
        planner.measure(candidates[best]);
        advice.push_back({best, planner.expectedError()});
    }
    return advice;
}

}  // namespace cost
