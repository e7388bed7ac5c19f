// SPDX-License-Identifier: GPL-3.0-or-later
// A pseudo-terminal stands for stderr.
#include "progress_line.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmath>
#include <string>

namespace {

/// What the line shows for a share; empty where there are no pseudo-terminals.
std::string shown(double share) {
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return {};
    const int terminal = ::open(ptsname(master), O_RDWR | O_NOCTTY), kept = dup(STDERR_FILENO);
    dup2(terminal, STDERR_FILENO);
    { app::ProgressLine().show(share, "working"); }
    dup2(kept, STDERR_FILENO);
    std::string text(256, ' ');
    const ssize_t length = ::read(master, text.data(), text.size());
    for (const int file : {kept, terminal, master})
        ::close(file);
    return text.substr(0, length > 0 ? static_cast<size_t>(length) : 0);
}

TEST(ProgressLine, StaysOnItsLineWhateverItIsTold) {
    const std::string half = shown(0.5);
    if (half.empty()) GTEST_SKIP() << "no pseudo-terminal here";
    const std::string full(24, '#'), none(24, '.');
    EXPECT_NE(half.find("[############............]  50 % working"), std::string::npos) << half;
    EXPECT_NE(shown(7).find("[" + full + "] 100 %"), std::string::npos);
    EXPECT_NE(shown(-1).find("[" + none + "]   0 %"), std::string::npos);
    EXPECT_NE(shown(std::nan("")).find("[" + none + "]   0 %"), std::string::npos);
}

}  // namespace
