// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AgentDialogue: the whole conversation with a resident agent, as a state machine without input or
// output: finds out whether an agent is there, raises the rate of the line, sends the Program and
// the inputs, runs, collects the results. The caller moves bytes and tells the time.
//
// Faults of the line cost repetitions. A board that was reset is sent everything again that it has
// lost, at most kMaxRestarts times. What cannot be recovered ends in an Error; results are complete
// or there are none.
//
// First the model runs once in an arena filled with a pattern, for the high-water mark; then
// `repeats` times for the cycles; then once more for the checksums.
//
// Thread rules: one thread at a time.

#include <functional>

#include "runners/agent_job.h"
#include "runners/agent_link.h"

namespace runners {

/// Results of one invoke.
struct AgentInvoke {
    firmware::RunResult result;
    std::vector<firmware::Row> rows;
};

struct AgentRun {
    firmware::AgentInfo info;
    AgentJob job;
    firmware::RunResult marked;          ///< of the last invoke in a filled arena
    std::vector<AgentInvoke> invokes;    ///< the last one with checksums
    int restarts = 0;                    ///< after resets of the board
    uint32_t repeated = 0, damaged = 0;  ///< questions asked again, frames with a wrong checksum
    uint32_t baud = 0;
};

struct AgentSettings {
    std::string device;  ///< for messages
    /// Rates at which an agent is looked for, in this order.
    std::vector<uint32_t> rates = {115'200};
    uint32_t wantedBaud = 2'000'000;  ///< the fastest rate to change to
    double silenceS = 60;             ///< longest silence of a running model
    uint32_t session = 1;             ///< drawn by the caller; not 0
};

class AgentDialogue {
public:
    using MakeJob = std::function<types::Result<AgentJob>(const firmware::AgentInfo&)>;

    AgentDialogue(AgentSettings settings, MakeJob makeJob);

    struct Output {
        std::vector<uint8_t> bytes;
        std::optional<uint32_t> baud;  ///< rate to set before the bytes are sent
    };
    void hear(std::span<const uint8_t> bytes);
    Output poll(double nowS);

    /// True once an agent has answered.
    bool hasMet() const { return m_hasMet; }
    /// True where no agent has answered: end of the dialogue without an Error, unless hear() finds
    /// a late answer.
    bool isAbsent() const { return m_step == Step::Absent; }
    bool isDone() const { return m_step >= Step::Absent; }
    /// Valid when done and not absent.
    types::Result<AgentRun> result() &&;

    double share() const;
    const char* stepName() const;

private:
    enum class Step {
        Hello,
        SetBaud,
        FastHello,
        SlowHello,
        Begin,
        Write,
        Prepare,
        Reset,
        Input,
        Run,
        Rows,
        Bye,
        Absent,
        Done,
        Failed,
    };

    void ask();
    void askInput();
    void onAnswer(const firmware::Frame& answer);
    void onHello(const firmware::Frame& answer);
    void onReceived(const firmware::Frame& answer);
    void onResult(const firmware::Frame& answer);
    void onRows(const firmware::Frame& answer);
    void onRefused(const firmware::Refused& refused);
    void onGivenUp();
    void makeTheJob();
    void nextInput();
    void nextInvoke();
    void go(Step step);
    void restart();
    void failWith(types::Error error);
    void failCrashed(const firmware::Crash& crash);
    size_t invokesOfPass() const;

    AgentSettings m_settings;
    MakeJob m_makeJob;
    AgentLink m_link;
    Step m_step = Step::Hello;
    bool m_isAsked = false, m_hasMet = false, m_triedFast = false, m_hasJob = false;
    bool m_hasReset = false;  ///< the board was told to begin: crashes from then on are of this run
    size_t m_rate = 0;        ///< index into the settings' rates
    std::optional<uint32_t> m_newBaud;
    uint32_t m_sent = 0;               ///< bytes of the Program that the board has
    bool m_isMarking = true;           ///< the pass in a filled arena
    size_t m_invoke = 0, m_input = 0;  ///< of this pass
    uint32_t m_inputOffset = 0;
    uint32_t m_repeatedBefore = 0;  ///< questions asked again while the agent was looked for
    AgentInvoke m_current;
    AgentRun m_run;
    types::Error m_error;
};

}  // namespace runners
