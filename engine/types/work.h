// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Work: how a long computation is watched by whoever asked for it. It is stopped through a token,
// reports how far it is, and uses so many threads. Each function that takes long takes a Work last;
// `{}` is never stopped, reports to nobody and uses all cores.
//
// A function that is stopped returns types::cancelled(). A function that calls another gives it a
// part of its own progress.
//
// Thread rules: a value. `progress` is called by one thread at a time, not always by the caller's.

#include <functional>
#include <stop_token>

namespace types {

/// Cores of this machine, at least 1.
int machineThreads();

struct Work {
    std::stop_token stop = {};
    /// Receives the share done, 0 to 1, and what is under way. The text is valid during the call
    /// only. May be empty.
    std::function<void(double share, const char* step)> progress = {};
    int threads = machineThreads();

    bool isStopped() const { return stop.stop_requested(); }
    void report(double share, const char* step) const {
        if (progress) progress(share, step);
    }
    /// The same work for one step, whose progress from 0 to 1 is that of the whole from `from` to
    /// `to`. With `step`, the whole reports that text, whatever the step reports; it must outlive
    /// the part.
    Work part(double from, double to, const char* step = nullptr) const;
    /// The same work for a step whose progress nobody needs.
    Work quiet() const { return {stop, {}, threads}; }
};

}  // namespace types
