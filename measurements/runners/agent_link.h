// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AgentLink: one question at a time over a line that loses and changes bytes (the protocol:
// firmware/agent/wire.h). It repeats the question until its answer arrives or patience ends. It
// does no input or output: the caller moves the bytes and tells the time.
//
// Thread rules: one thread at a time.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "firmware/agent/frame.h"

namespace runners {

/// How long to wait for an answer.
struct AnswerPatience {
    double perTryS = 0.5;  ///< then the question is asked again
    int tries = 8;         ///< without a sign of life in between
};

class AgentLink {
public:
    explicit AgentLink(uint32_t session) : m_session(session), m_sequence(session >> 16) {}

    /// Asks; a question that is still open is dropped.
    template <typename T>
    void ask(firmware::Message kind, const T& head, AnswerPatience patience,
             std::span<const uint8_t> bytes = {}) {
        m_question.set(head);
        m_question.append(bytes.data(), static_cast<uint32_t>(bytes.size()));
        post(kind, patience);
    }
    void ask(firmware::Message kind, AnswerPatience patience) {
        m_question.bodyBytes = 0;
        post(kind, patience);
    }

    void hear(std::span<const uint8_t> bytes);
    /// Returns the answer once.
    std::optional<firmware::Frame> takeAnswer();
    /// Returns the bytes to send now. `nowS`: any clock that does not go back.
    std::vector<uint8_t> due(double nowS);

    bool hasGivenUp() const { return m_state == State::GivenUp; }
    /// Operators done, as the agent said during this question; 0 where it said nothing.
    uint32_t opsDone() const { return m_opsDone; }
    /// True where bytes have arrived since the question, but no good frame after them.
    bool hasHeardOther() const { return m_others > 0; }
    /// Damaged frames and repeated questions since the begin.
    uint32_t damaged() const { return m_reader.damaged(); }
    uint32_t repeated() const { return m_repeated; }

private:
    enum class State { Idle, Asking, Answered, GivenUp };

    void post(firmware::Message kind, AnswerPatience patience);
    bool isAnswer(const firmware::MessageHead& head) const;

    uint32_t m_session;
    uint16_t m_sequence;
    State m_state = State::Idle;
    firmware::Frame m_question, m_answer;
    firmware::FrameReader m_reader;
    AnswerPatience m_patience;
    int m_tries = 0;
    double m_nextTryS = 0;
    bool m_isAlive = false;  ///< a sign of life since the last try
    uint32_t m_opsDone = 0, m_repeated = 0, m_others = 0;
};

}  // namespace runners
