// SPDX-License-Identifier: GPL-3.0-or-later
// The kill test: a sweep by an array of Slurm tasks on PostgreSQL while workers are killed and the
// database restarts. Nothing is lost or done twice, and the answers are those of a run that nobody
// disturbed. NETCALIPER_CLUSTER_TEST=full: 10,000 variations, 100 kills, 3 restarts; otherwise a
// small form.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "private_slurm.h"
#include "store/sweep_database.h"

namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;

struct Extent {
    int variations, kills, restarts;
    int samples;     ///< so many that a worker is killed while it computes
    double seconds;  ///< limit of the whole run
};

bool isFull() {
    const char* extent = std::getenv("NETCALIPER_CLUSTER_TEST");
    return extent != nullptr && std::string(extent) == "full";
}

Extent extentOf() {
    return isFull() ? Extent{10'000, 100, 3, 4, 3000} : Extent{300, 5, 1, 30, 240};
}

/// Widths of four layers with 64 channels: all combinations differ.
std::string spaceOf(bool isLarge) {
    const std::map<std::string, int> steps =
        isLarge ? std::map<std::string, int>{{"0", 10}, {"2", 10}, {"4", 10}, {"6", 10}}
                : std::map<std::string, int>{{"0", 5}, {"2", 5}, {"4", 4}, {"6", 3}};
    json space;
    for (const auto& [layer, count] : steps)
        space["layers"][layer]["width"] = {{"from", 0.1}, {"to", 1.0}, {"steps", count}};
    return space.dump();
}

/// A worker that holds leases, from its name HOST:PID:JOB:TASK.
struct Victim {
    std::string owner;
    pid_t pid = 0;
};

std::vector<std::string> partsOf(const std::string& owner) {
    std::vector<std::string> parts(1);
    for (const char c : owner)
        if (c == ':')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

class KillTest : public testing::Test {
protected:
    void SetUp() override {
        if (!cluster::PrivatePostgres::isInstalled() || !cluster::PrivateSlurm::isInstalled())
            GTEST_SKIP() << "Debian's slurm-wlm or postgresql is not installed";
        m_slurm = std::make_unique<cluster::PrivateSlurm>();
        m_postgres = std::make_unique<cluster::PrivatePostgres>();
        if (!m_slurm->runs() || !m_postgres->runs())
            GTEST_SKIP() << "a private Slurm or PostgreSQL does not start here: is not installed "
                            "for this user";
        m_address = m_postgres->newSchema();
        std::ofstream(m_dir / "space.json") << spaceOf(isFull());
    }

    std::string sweepWords() const {
        return NETCALIPER_BUNDLED_MODELS "/kws_dscnn_float32.tflite --space " +
               (m_dir / "space.json").string() + " --device nucleo-f446re --samples " +
               std::to_string(extentOf().samples);
    }
    json cli(const std::string& words) const {
        int status = 0;
        const auto text =
            cluster::outputOf("cd '" + (m_dir / "").string() + "' && " NETCALIPER_CLI " " + words +
                                  " --json 2>>errors",
                              &status);
        EXPECT_EQ(status, 0) << words << "\n"
                             << cluster::outputOf("cat " + (m_dir / "errors").string());
        return json::parse(text, nullptr, false);
    }
    void submit() {
        const json submitted = cli("sweep submit " + sweepWords() + " --db '" + m_address +
                                   "' --slurm --workers 30 --time 1h --lease 3");
        ASSERT_TRUE(submitted.is_object() && submitted["job"].is_string());
        ++m_submissions;
    }
    sweep::SweepStorePtr open() const {
        auto opened = store::openSweepStore(m_address, store::IfMissing::Refuse);
        EXPECT_TRUE(opened) << opened.error().message();
        return opened ? std::move(*opened) : nullptr;
    }

    std::vector<Victim> victims(const sweep::SweepStatus& status) const {
        std::vector<Victim> found;
        for (const sweep::WorkerStatus& worker : status.workers) {
            const auto parts = partsOf(worker.owner);
            if (worker.running == 0 || parts.size() != 4) continue;
            const Victim victim{worker.owner, std::atoi(parts[1].c_str())};
            if (victim.pid != m_ending.pid && isOurs(victim.pid)) found.push_back(victim);
        }
        return found;
    }
    /// Only workers of this test's database are ever killed.
    bool isOurs(pid_t pid) const {
        std::ifstream words("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(words), {}};
        return text.find(m_address) != std::string::npos;
    }

    void disturb(int kill) {
        const auto [variations, kills, restarts, samples, seconds] = extentOf();
        const int each = kills / (restarts + 1);
        if (kill % each != 0 || kill / each > restarts) return;
        const int restart = kill / each;
        if (restart % 3 == 0) {
            EXPECT_TRUE(m_postgres->stop());
            std::this_thread::sleep_for(std::chrono::seconds(2));
            EXPECT_TRUE(m_postgres->start());
        } else {
            EXPECT_TRUE(restart % 3 == 1 ? m_postgres->restart() : m_postgres->crash());
        }
        ++m_restarts;
    }

    /// The end of a task's time: SIGTERM, as Slurm sends it. scancel would take seconds while tasks
    /// wait, in which the sweep may end.
    void endOne(const Victim& victim) {
        if (::kill(victim.pid, SIGTERM) == 0) m_ending = victim;
    }
    /// A worker that was asked to end hands its leases back before it is gone.
    void checkEnding() {
        if (m_ending.pid == 0 || isOurs(m_ending.pid)) return;
        const auto status = open()->status();
        ASSERT_TRUE(status);
        for (const sweep::WorkerStatus& worker : status->workers)
            if (worker.owner == m_ending.owner) {
                EXPECT_EQ(worker.running, 0) << "leases of a worker that ended by SIGTERM";
            }
        m_ending = {};
        ++m_ended;
    }

    void waitForEnding() {
        constexpr int kTries = 200;
        for (int i = 0; i < kTries && m_ending.pid != 0; ++i) {
            checkEnding();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    /// Kills until the sweep is done; returns the number of workers that held leases and died.
    int killWhileItRuns() {
        const Extent extent = extentOf();
        std::minstd_rand random(7);
        const auto begin = Clock::now();
        int killed = 0;
        for (const auto store = open();;) {
            if (std::chrono::duration<double>(Clock::now() - begin).count() > extent.seconds)
                return killed;
            const auto status = store->status();
            EXPECT_TRUE(status) << status.error().message();
            if (!status || status->done + status->failed == status->items()) return killed;
            checkEnding();
            const auto workers = victims(*status);
            // The kills of the full form are spread over the whole sweep. The small one would be
            // over before: a worker hands in many short items at once.
            const bool isDue =
                !isFull() || 10 * extent.kills * status->done >= 9 * killed * status->items();
            if (workers.empty() || killed == extent.kills || !isDue) {
                if (!m_slurm->isBusy()) submit();
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                continue;
            }
            const Victim& victim = workers[random() % workers.size()];
            if (killed > 0 && m_ended == 0 && m_ending.pid == 0) {
                endOne(victim);
                continue;
            }
            if (::kill(victim.pid, SIGKILL) == 0) disturb(++killed);
        }
    }

    /// Digests by variation.
    std::map<std::string, std::string> answersIn(sweep::SweepStore& store) const {
        std::map<std::string, std::string> answers;
        int64_t sequence = 0;
        for (;;) {
            const auto outcomes = store.outcomesAfter(sequence, 1000);
            EXPECT_TRUE(outcomes);
            if (!outcomes || outcomes->empty()) return answers;
            for (const sweep::Outcome& outcome : *outcomes) {
                EXPECT_FALSE(outcome.isFailed) << outcome.document;
                const bool isNew = answers.emplace(outcome.variation, outcome.digest).second;
                EXPECT_TRUE(isNew) << outcome.variation << " was answered twice";
                sequence = outcome.sequence;
            }
        }
    }

    support::TemporaryDir m_dir;
    std::unique_ptr<cluster::PrivateSlurm> m_slurm;
    std::unique_ptr<cluster::PrivatePostgres> m_postgres;
    std::string m_address;
    Victim m_ending;
    int m_submissions = 0, m_restarts = 0, m_ended = 0;
};

TEST_F(KillTest, NothingIsLostOrDoneTwice) {
    const Extent extent = extentOf();
    submit();
    const int killed = killWhileItRuns();
    const auto server = open();
    const auto status = *server->status();
    std::printf(
        "%lld items done, %lld failed; %d workers killed, %d ended by SIGTERM, "
        "%d restarts, %d submissions\n",
        static_cast<long long>(status.done), static_cast<long long>(status.failed), killed, m_ended,
        m_restarts, m_submissions);
    EXPECT_EQ(killed, extent.kills);
    EXPECT_EQ(m_restarts, extent.restarts);
    waitForEnding();
    EXPECT_EQ(m_ended, 1);
    EXPECT_EQ(status.failed, 0);
    EXPECT_EQ(status.done, extent.variations) << "nothing is lost";
    const auto disturbed = answersIn(*server);
    EXPECT_EQ(std::ssize(disturbed), extent.variations);

    const json calm = cli("sweep " + sweepWords() + " --db calm.db");
    ASSERT_EQ(calm["done"], extent.variations);
    EXPECT_EQ(calm["different"], 0);
    auto file = store::openSweepStore((m_dir / "calm.db").string(), store::IfMissing::Refuse);
    ASSERT_TRUE(file);
    EXPECT_EQ(answersIn(**file), disturbed) << "the answers are those of an undisturbed run";
    EXPECT_EQ(cluster::outputOf("grep -l differ '" + (m_dir / "").string() + "'*.log 2>/dev/null"),
              "");
}

}  // namespace
