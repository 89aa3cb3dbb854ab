"""run_episode notes how long a game took; the loop prints it."""


# %% replace run_episode_solution
def run_episode(env, model):
    start = time.perf_counter()
    episode = Episode(2000, (80, 80, 2), (6,))
    observation, _ = env.reset()
    done = False
    while not done:
        action = select_action(model, observation)
        next_observation, reward, terminated, truncated, _ = env.step(action)
        episode.append(observation, to_categorical(action, 6), reward)
        done = terminated or truncated
        observation = next_observation
    episode.seconds = time.perf_counter() - start
    return episode


# %% replace training_loop_solution
scores = []
for episode_number in range(1, nr_episodes + 1):
    episode = run_episode(env, model)
    train(model, episode, gamma)
    scores.append(episode.score)
    print(
        f"Episode {episode_number}: played for {episode.seconds:.1f} s, score {episode.score:.0f}"
    )
model.save("pong.keras")
