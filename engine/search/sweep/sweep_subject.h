// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweepSubject: what all variations of a sweep have in common, and the name of the sweep that
// follows from it: equal subjects and spaces are one sweep, which asking again resumes.

#include <string>
#include <vector>

#include "engine/evaluate.h"
#include "sweep/sweep_store.h"

namespace search {

struct SweepSubject {
    types::GraphPtr graph;
    types::DevicePtr device;  ///< null: no latency, energy and budgets
    /// Data and random inputs. Without a dataset and with 0 samples variations are only costed.
    engine::EvaluateOptions options;
    types::TrainKnobs train;  ///< of variations that set none
    std::string program;      ///< its version

    bool hasDataset() const { return options.data.dataset != nullptr; }
};

/// Prepares options for many variations: shares what they share, leaves out errors of layers, and
/// scores all on the same samples, which are the test part of the dataset where one of them learns
/// from the rest.
void shareWork(SweepSubject& subject, const std::vector<types::Variation>& variations);

/// `what`: the space as text, or the search with its seed.
sweep::Spec specOf(const SweepSubject& subject, const std::string& what);

/// Returns why `known` is another sweep than `wanted`: "was begun by version 0.1, this is 0.2",
/// "is a sweep of another model". `known` is untrusted.
std::string differenceOf(const sweep::Spec& known, const sweep::Spec& wanted);

/// Creates or resumes the sweep; an Error that names the difference where the database holds
/// another one.
types::Result<void> beginSweep(sweep::SweepStore& store, const sweep::Spec& spec,
                               const std::string& database);

/// Items of the variations, numbered from `first`, with the subject's training.
std::vector<sweep::NewItem> itemsOf(const SweepSubject& subject,
                                    const std::vector<types::Variation>& variations,
                                    int64_t first = 0);

}  // namespace search
