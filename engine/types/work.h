// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work: how the caller of a long computation controls it: a token stops it, a callback receives its
// progress, and a number limits its threads. Long functions take a Work as their last argument;
// `{}` is never stopped, reports nothing and uses all cores.
//
// A stopped function returns types::cancelled(). A function passes a part of its own progress to
// the functions that it calls.
//
// Thread rules: a value. `progress` is called by one thread at a time, which may not be the
// caller's.

#include <functional>
#include <stop_token>

namespace types {

/// Number of cores of this machine, at least 1.
int machineThreads();

struct Work {
    std::stop_token stop = {};
    /// Receives the share done, 0 to 1, and the current step. The text is valid only during the
    /// call. May be empty.
    std::function<void(double share, const char* step)> progress = {};
    int threads = machineThreads();

    bool isStopped() const { return stop.stop_requested(); }
    void report(double share, const char* step) const {
        if (progress) progress(share, step);
    }
    /// Returns the work for one step whose progress 0 to 1 maps to `from` to `to` of the whole.
    /// With `step`, the whole reports that text instead of the step's; it must outlive the part.
    Work part(double from, double to, const char* step = nullptr) const;
    /// Returns the same work without progress reports.
    Work quiet() const { return {stop, {}, threads}; }
};

}  // namespace types
